#!/bin/sh
# Submits a run as a Slurm job array of shards, and a merge after it.
#
#	submit.sh SHARDS FOLDER [flag of stealbench run ...]
#
# FOLDER is on a file system that all nodes see. The same command again, or one
# without the flags, goes on with what is not complete, and merges anew. SBATCH_* variables, such as
# SBATCH_PARTITION and SBATCH_ACCOUNT, are Slurm's own way to add to it.
set -eu
if [ $# -lt 2 ] || ! [ "$1" -ge 1 ] 2>/dev/null; then
	echo "usage: submit.sh SHARDS FOLDER [flag of stealbench run ...]" >&2
	exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
export STEALBENCH="${STEALBENCH:-$here/../../bin/stealbench}"
if ! [ -x "$STEALBENCH" ]; then
	echo "submit.sh: no $STEALBENCH: make build, or set STEALBENCH" >&2
	exit 2
fi
export SHARDS="$1"
mkdir -p "$2/logs"
RECORDINGS=$(cd "$2" && pwd)
export RECORDINGS
shards=$1
shift 2
# What a folder was begun with holds for all its shards.
plan="$RECORDINGS/plan"
if [ -f "$plan" ]; then
	begun=$(cat "$plan")
	if [ $# = 0 ] && [ "$shards" = "${begun%% *}" ]; then
		# Words again, as they were given.
		# shellcheck disable=SC2086
		set -- ${begun#"$shards"}
	elif [ "$begun" != "$(echo "$shards" "$@")" ]; then
		echo "submit.sh: $RECORDINGS was begun with: $begun: give the same, or another folder" >&2
		exit 2
	fi
else
	echo "$shards" "$@" >"$plan"
fi
export RUN_ARGS="$*"
array=$(sbatch --parsable --array="1-$SHARDS" --output="$RECORDINGS/logs/shard-%a.log" --open-mode=append "$here/array.sbatch")
merge=$(sbatch --parsable --dependency="afterany:$array" --output="$RECORDINGS/logs/merge.log" --open-mode=append "$here/merge.sbatch")
echo "array $array, merge $merge, into $RECORDINGS/merged"
