#!/usr/bin/env bash
# Runs a command on a leash: when it ends, or when whoever started it lets go (its end of our input closes, also because it
# was killed), everything that was started here ends. Has to be the first of its process group.
exec 3<&0
"$@" </dev/null 3<&- &
# Only the command may hold the output open, so that its end is heard.
exec >/dev/null
{ while read -r _ <&3; do :; done; } &
wait -n
trap '' TERM
kill -TERM 0
for _ in 1 2 3 4 5 6 7 8 9 10; do
  [ -n "$(jobs -r)" ] || break
  sleep 0.2
done
kill -KILL 0
