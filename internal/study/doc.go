// Package study is what the paper rests on: its experiments, each a named plan, and its
// claims, each with a test that a recording passes, fails, or leaves open.
//
// A claim is made before its recording: the test has the number that the statement
// names, and looks only at intervals. So the same test judges the recording that the
// paper cites and one that a reader made on another machine (stealbench reproduce).
package study
