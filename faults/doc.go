// Faults shows that the checks of the schedulers can fail. It seeds one bug of the
// catalogue after the other into the base or a variant, with go's -overlay so that the tree
// stays as it is, and runs the checks that the catalogue names for it: each must
// fail. Without a bug all of them must pass.
//
//	go run ./faults            the catalogue
//	go run ./faults -only pop  the bugs whose name matches pop, a regexp
//	go run ./faults -mutants   small changes of the concurrent code, made by rule
package main
