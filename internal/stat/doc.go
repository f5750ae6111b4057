// Package stat holds the few statistics that tables and figures need. What
// montanaflynn/stats or gonum has is called, not written again; what they
// lack (intervals over cells) is small and tested against published values.
//
// Every function refuses NaN and Inf: a bad value is found here and not as a
// silently wrong centre in a table.
package stat
