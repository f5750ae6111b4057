package main

// equivalent are the mutants that change nothing that is promised, each with the
// reason. One that is killed all the same is an error.
var equivalent = map[string]string{}
