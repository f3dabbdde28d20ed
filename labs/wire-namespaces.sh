#!/bin/sh
# Runs labs/wire-mtu.lab between two network namespaces with a link of MTU 1500 and one of MTU 600, and removes them.
# Usage, as root: wire-namespaces.sh [PROGRAM [OPTIONS OF run…]]     PROGRAM is recvscope if not given; try --explain
set -u
program=${1:-recvscope}
[ $# -eq 0 ] || shift

fail() {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  exit 2
}

[ "$(id -u)" = 0 ] || fail 'only root may make network namespaces: run it with sudo'
command -v ip >/dev/null || fail 'ip is missing: apt-get install iproute2'
command -v "$program" >/dev/null || fail "$program: not found"

ours=recvscope-$$-a theirs=recvscope-$$-b sender=
finish() {
  status=$?
  trap - EXIT
  trap '' HUP INT TERM
  [ -z "$sender" ] || kill "$sender" 2>/dev/null
  for namespace in "$ours" "$theirs"; do
    for process in $(ip netns pids "$namespace" 2>/dev/null); do kill "$process" 2>/dev/null; done
    # The links go with it.
    ip netns del "$namespace" 2>/dev/null
  done
  wait
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 129' HUP
trap 'exit 143' TERM

ip netns add "$ours" && ip netns add "$theirs" || fail 'no network namespace could be made'
command -v ethtool >/dev/null || echo 'ethtool is missing: segments will be longer than the MTU, as offloads stay on' >&2

# link NAME MTU NETWORK
link() {
  ip -n "$ours" link add "$1" mtu "$2" type veth peer name "$1" mtu "$2" netns "$theirs" || fail 'no veth pair'
  for end in "$ours 1" "$theirs 2"; do
    ip -n "${end% *}" address add "$3.${end#* }/24" dev "$1" && ip -n "${end% *}" link set "$1" up || fail "no link $1"
    if command -v ethtool >/dev/null; then
      ip netns exec "${end% *}" ethtool -K "$1" tso off gso off gro off || fail "ethtool: offloads of $1 stay on"
    fi
  done
}
link wide 1500 10.77.15
link narrow 600 10.77.6

# Sends over each link in turn, as soon as the lab listens.
for address in 10.77.15.1 10.77.6.1; do
  until ip netns exec "$theirs" "$program" run --quiet -e "connect $address:9000 --as client" \
    -e 'send client zeros(20000) shutdown' -e 'wait client sent' 2>/dev/null; do sleep 0.1; done
done &
sender=$!

# Not in the foreground: a signal would have to wait for its end.
ip netns exec "$ours" "$program" run "$@" "$(dirname "$0")/wire-mtu.lab" &
wait $!
