#!/bin/sh
# watch.sh STATE RUN SIGNAL IDLE SERVER [ARGUMENT...]
#
# Runs a test server and ends it when nobody has held it for IDLE seconds. STATE
# holds the files of its kind, see share.go; RUN, its data, is removed with it.
# Locks, not pids, tell who is there: the system lets go of them when their
# holder dies, however it dies.
state=$1 run=$2 signal=$3 idle=$4
shift 4
exec 7>>"$state/guard" 8>>"$state/lease" 9>>"$state/lock" </dev/null
flock -n 7 || exit 1 # another one watches

"$@" >"$state/log" 2>&1 7>&- 8>&- 9>&- &
server=$!
echo "$$ $server" >"$state/pids"

stop() {
	trap '' TERM INT HUP
	kill -"$signal" "$server" 2>/dev/null
	wait "$server"
	rm -rf "$run"
	# Unless somebody cleared STATE and another server has taken the place.
	if grep -qF "\"$run\"" "$state/server.json" 2>/dev/null; then
		rm -f "$state/server.json" "$state/pids"
	fi
	exit
}
trap stop TERM INT HUP

unused=0
while kill -0 "$server" 2>/dev/null; do
	sleep 2 7>&- 8>&- 9>&- &
	wait $!
	if flock -n 8; then
		flock -u 8
		unused=$((unused + 2))
	else
		unused=0
	fi
	[ "$unused" -ge "$idle" ] || continue
	# Under the lock nobody can take the server while it goes.
	flock -n 9 || continue
	if flock -n 8; then stop; fi
	flock -u 9
	unused=0
done
stop
