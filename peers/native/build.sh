#!/bin/sh
# Builds the programs named, all by default, into bin/peers. Each is built by
# itself: what one lacks is said, with its remedy, and stops no other.
# PEERS_CRATES is a folder of crates to build from; empty: cargo's own registry.
cd "$(dirname "$0")" || exit
out=$(cd ../.. && pwd)/bin/peers
crates=${PEERS_CRATES-/usr/share/cargo/registry}
failed=0

lacking() {
	echo "peers-native: $name: $*" >&2
	failed=1
}

has_command() { command -v "$1" >/dev/null || { lacking "no $1: apt-get install $2"; return 1; }; }

# rust CRATE...: the program that is called as its first crate.
rust() {
	has_command cargo cargo && has_command rustc rustc && has_command cc gcc || return
	absent=
	for crate; do
		ls -d "$crates/$crate"-[0-9]* >/dev/null 2>&1 || absent="$absent $crate"
	done
	# What is not there whole, cargo may fetch.
	set --
	[ -n "$absent" ] || set -- --offline --config 'source.crates-io.replace-with="folder"' \
		--config "source.folder.directory=\"$crates\""
	if ! (cd "$name" && CARGO_NET_RETRY=0 cargo generate-lockfile "$@") >"$log" 2>&1; then
		for crate in $absent; do
			lacking "no crate $crate: apt-get install librust-$crate-dev, or let cargo reach its registry"
		done
		[ -n "$absent" ] || lacking "the crates in $crates do not fit: see $log"
	elif (cd "$name" && cargo build --release --target-dir "$out/cargo" "$@") >>"$log" 2>&1; then
		cp "$out/cargo/release/$name-peer" "$out/$name"
	else
		lacking "does not compile: see $log"
	fi
}

has_header() {
	echo "#include <$1>" | g++ -std=c++17 -E -x c++ - >/dev/null 2>&1 || { lacking "no header $1: apt-get install $2"; return 1; }
}

tbb() {
	has_command g++ g++ && has_header tbb/task_group.h libtbb-dev && has_header openssl/sha.h libssl-dev || return
	g++ -std=c++17 -O3 -o "$out/$name" tbb/main.cpp -ltbb -lcrypto -pthread >"$log" 2>&1 || lacking "does not compile: see $log"
}

mkdir -p "$out" || exit
for name in ${*:-tokio rayon tbb}; do
	log=$out/$name.log
	rm -f "$out/$name" "$log" # an older build would pass for this one
	case $name in
	tokio | rayon) rust "$name" sha1 ;;
	tbb) tbb ;;
	*) lacking "no such program" ;;
	esac
done
exit $failed
