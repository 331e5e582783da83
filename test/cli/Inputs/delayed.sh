# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#   delayed.sh SELFCONNECT CLIENT      in a network namespace of its own
#
# Runs the client once for each call that may be the first to find it.
echo 33334 33334 >/proc/sys/net/ipv4/ip_local_port_range || exit
for call in getsockopt send write poll select epoll connect dup2 close_range; do
  "$1" guard -- "$2" "$call" 33334 || exit
done
