// Package allcells is the base but for its submit, which stores every total, as
// tokio's does, also those that have not changed. In Go each store is an exchange.
package allcells
