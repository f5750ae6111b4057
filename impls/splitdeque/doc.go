// Package splitdeque is the base with batching applied to the local queue itself: a
// worker pushes to and pops from a private part of its queue with plain reads and
// writes, and publishes tasks in batches, when thieves ask. Source: van Dijk and van
// de Pol, "Lace: Non-blocking Split Deque for Work-Stealing", Euro-Par 2014 workshops.
// The idea is older: Dinan, Larkins, Sadayappan, Krishnamoorthy and Nieplocha,
// "Scalable Work Stealing", SC 2009, split queues.
//
// SPLIT.md has the protocol, why no wakeup is lost, what is promised of private tasks,
// and what LocalQueueDepth means here.
//
// # What differs from Lace
//
// In Lace both parts are in one array and publishing moves the split. A thief reads a
// slot after its CAS, since an owner uses no slot again before the task in it is
// joined. Here the slots are a ring that is used again and again, so a thief has to
// read a slot before its CAS, when it may not have it, and bottom must move by an
// exchange behind each store (at.Slot). So the private part has a ring of its own, and
// publishing copies.
//
// The public part is the base's deque, bottom its split. Lace has top and split in one
// word, so that an owner takes half of the public part back with a store and a fence;
// here the owner pops public tasks one by one as the base does. A task that is published
// costs little more than there, one that never is no locked instruction: fib has 0.024 a
// task instead of 1.112, 0.016 of them the metrics' (stealbench counts).
//
// Published is, as in Lace, the older half of what is private, when a thief has asked.
// Lace publishes also the first task that is pushed when all public ones are stolen;
// here nothing is public unless somebody asks. And a thief that asked may sleep: who
// answers it also notifies.
//
// Lace's tasks are joined or run to their end, and none blocks. Here tasks may. So a
// worker keeps tasks private only if Config.NoBlocking promises that they do not.
package splitdeque
