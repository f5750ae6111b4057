// Command models checks the Promela models of this folder with spin: every clean
// configuration must hold in all its states, every seeded fault must be found.
// README.md says what they cover.
package main
