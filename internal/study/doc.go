// Package study is what the paper rests on: its experiments, each a named plan, and its
// claims, each with a test that a recording passes, fails, or leaves open.
//
// The numbers of a claim's tests are set before its recording is made, or the claim says that
// they were not. Tests look only at intervals. So the same test judges the recording that the
// paper cites and one that a reader made on another machine (stealbench reproduce).
package study
