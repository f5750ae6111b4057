// Package report writes the study as one HTML page that needs nothing else: no
// network, no file beside it. The page has the claims, the figures, the recordings, and a
// picker over their data.
//
// Package analysis computes all numbers (data.go); the page's scripts only draw, sort and
// choose. Scripts and styles are files of their own here, page.html says where they go.
// Claims come from the caller; Claims makes them of the paper's.
package report
