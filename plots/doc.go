// Package plots draws the figures of the paper from a recording: one file per
// figure, each as SVG and PNG, byte-identical when drawn again.
//
// A variant has one colour and one marker in all figures (colors.go), every
// figure says what it shows and which recording it is from (frame.go), and a
// difference that does not rise above the floor is never drawn as if it did.
package plots
