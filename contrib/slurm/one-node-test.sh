#!/bin/sh
# Runs submit.sh for real, on a Slurm of one node on the loopback interface that
# is started for it and stopped after it: 4 shards, one of which is killed the first
# time, then the same command again. Needs root. make slurm-test calls it.
set -eu
for tool in slurmctld slurmd sbatch munged; do
	if ! command -v $tool >/dev/null; then
		echo "one-node-test.sh: no $tool: install the Debian packages slurm-wlm and munge" >&2
		exit 2
	fi
done
if [ "$(id -u)" != 0 ]; then
	echo "one-node-test.sh: not root, who may start slurmd and munged" >&2
	exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
real=$(cd "$here/../.." && pwd)/bin/stealbench
dir=$(mktemp -d)
stop() {
	for pid in slurmd slurmctld munge/munged; do
		if [ -f "$dir/$pid.pid" ]; then kill "$(cat "$dir/$pid.pid")" 2>/dev/null || true; fi
	done
	sleep 1
	rm -rf "$dir"
}
trap stop EXIT

mkdir -m 700 "$dir/munge" "$dir/state" "$dir/spool"
head -c 128 /dev/urandom >"$dir/munge/key"
chmod 400 "$dir/munge/key"
munged --force --socket="$dir/munge/socket" --key-file="$dir/munge/key" --seed-file="$dir/munge/seed" \
	--pid-file="$dir/munge/munged.pid" --log-file="$dir/munge/log"
cat >"$dir/slurm.conf" <<END
ClusterName=one
SlurmctldHost=localhost(127.0.0.1)
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SlurmctldPort=16817
SlurmdPort=16818
AuthType=auth/munge
AuthInfo=socket=$dir/munge/socket
SlurmUser=root
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/slurmd.log
SlurmdSpoolDir=$dir/spool
StateSaveLocation=$dir/state
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
SchedulerType=sched/builtin
SelectType=select/linear
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
ReturnToService=2
NodeName=localhost NodeAddr=127.0.0.1 CPUs=$(nproc)
PartitionName=test Nodes=localhost Default=YES MaxTime=60 State=UP
END
export SLURM_CONF="$dir/slurm.conf"
slurmctld
slurmd -N localhost
for _ in $(seq 60); do
	case $(sinfo --noheader --format=%T 2>/dev/null) in idle) break ;; esac
	sleep 1
done

# What the jobs start: shard 3 is killed in the middle, once.
cat >"$dir/stealbench" <<END
#!/bin/sh
if [ "\${SLURM_ARRAY_TASK_ID:-}" = 3 ] && mkdir "$dir/killed" 2>/dev/null; then
	"$real" "\$@" &
	until grep -s '^# cell' "$dir/recordings/shard-3/twin.txt" | sed -n 5p | grep -q .; do sleep 0.1; done # not by the clock: a host may be fast
	kill -s KILL \$!
	wait \$!
	exit
fi
exec "$real" "\$@"
END
chmod +x "$dir/stealbench"
export STEALBENCH="$dir/stealbench"
recordings="$dir/recordings"
set -- 4 "$recordings" --workloads fib,skynet,nqueens,yield_many,ping_pong,matmul --workers 1,2 \
	--variants chaselev,twin --size small --processes 10 --layouts 0 --cell-time 100ms

fail() {
	echo "one-node-test.sh: $1" >&2
	tail -n 20 "$recordings"/logs/*.log "$dir"/slurm*.log >&2
	exit 1
}
ended() { # waits until no job is left
	for _ in $(seq 300); do
		if [ -z "$(squeue --noheader --states=PENDING,RUNNING,COMPLETING)" ]; then return; fi
		sleep 1
	done
	fail "jobs did not end within 5 minutes"
}

"$here/submit.sh" "$@"
ended
grep -q "merge: .* no complete shard 3/4:" "$recordings/logs/merge.log" || fail "the first merge did not miss shard 3"
cells() { grep -h '^# cell' "$1" | sort; }
cells "$recordings/shard-3/twin.txt" >"$dir/before"
[ -s "$dir/before" ] || fail "shard 3 was killed before its first cell: nothing to resume"
for i in 1 2 4; do cksum "$recordings/shard-$i"/*.txt; done >"$dir/complete"

if "$here/submit.sh" 4 "$recordings" --size large 2>"$dir/warnings"; then fail "another plan was taken for the same folder"; fi
"$here/submit.sh" 4 "$recordings"
ended
for i in 1 2 4; do cksum "$recordings/shard-$i"/*.txt; done | cmp -s - "$dir/complete" || fail "a complete shard was touched"
cells "$recordings/shard-3/twin.txt" | comm -13 - "$dir/before" | grep -q . && fail "shard 3 lost a cell"
"$real" compare --check "$recordings/merged" 2>"$dir/warnings" || fail "the merged recording is damaged"
grep -q incomplete "$dir/warnings" && fail "the merged recording is incomplete"
n=$(cells "$recordings/merged/twin.txt" | uniq | wc -l)
[ "$n" = 120 ] || fail "$n different cells, not 120"
echo "one-node-test.sh: 120 cells in 4 shards, shard 3 killed after $(wc -l <"$dir/before") of its cells and resumed, each cell once"
