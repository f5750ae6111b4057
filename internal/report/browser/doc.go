// Package browser tests the page of package report in headless Chromium: make report-test.
// It is a module of its own, so that what drives a browser never enters the suite's go.mod.
package browser
