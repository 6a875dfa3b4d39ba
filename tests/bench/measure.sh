# Measuring commands against each other, fairly: in turns, so that a slow minute of the machine meets all of them, each
# from a fresh start that is not measured, and the median of several rounds. For sourcing by bash.

: "${ROUNDS:=5}"

labels=()
setups=()
commands=()

# contender LABEL SETUP COMMAND: enters a command, as text for the shell; SETUP runs before each of its rounds.
contender() {
  labels+=("$1")
  setups+=("$2")
  commands+=("$3")
}

# measured COMMAND: runs it $repeat times and prints "wall CPU" of one, in milliseconds.
measured() {
  local TIMEFORMAT='%3R %3U %3S'
  { time for ((run = 0; run < repeat; run++)); do eval "$1" >/dev/null 2>&3 || echo failed >&3; done; } 3>"$scratch/errors" 2>&1 |
    awk -v n="$repeat" '{ printf "%.2f %.2f\n", $1 * 1000 / n, ($2 + $3) * 1000 / n }'
}

# The most memory that the command takes, in MB.
peak_memory() {
  /usr/bin/time -f %M -o "$scratch/memory" bash -c "exec $1" >/dev/null 2>&1
  awk 'END { printf "%.0f", $1 / 1024 }' "$scratch/memory"
}

median() { sort -n | awk '{ value[NR] = $1 } END { print NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2 }'; }

# compare TITLE [REPEAT]: measures the contenders entered since the last time, prints a line each and forgets them. The
# ratios say how many times longer the first one takes.
compare() {
  repeat=${2:-1}
  rm -f "$scratch"/samples.*
  for ((round = 0; round < ROUNDS; round++)); do
    for ((turn = 0; turn < ${#labels[@]}; turn++)); do
      one_turn $(((turn + round) % ${#labels[@]}))
    done
  done
  printf '\n%s\n' "$1"
  for ((i = 0; i < ${#labels[@]}; i++)); do report "$i"; done
  labels=() setups=() commands=()
}

one_turn() {
  eval "${setups[$1]}" >/dev/null 2>&1
  measured "${commands[$1]}" >>"$scratch/samples.$1"
  if grep -q '^failed$' "$scratch/errors"; then
    echo "this command failed: ${commands[$1]}" >&2
    tail -n 5 "$scratch/errors" >&2
    exit 1
  fi
}

report() {
  local wall cpu first_wall first_cpu
  wall=$(cut -d' ' -f1 "$scratch/samples.$1" | median)
  cpu=$(cut -d' ' -f2 "$scratch/samples.$1" | median)
  first_wall=$(cut -d' ' -f1 "$scratch/samples.0" | median)
  first_cpu=$(cut -d' ' -f2 "$scratch/samples.0" | median)
  awk -v label="${labels[$1]}" -v wall="$wall" -v cpu="$cpu" -v fw="$first_wall" -v fc="$first_cpu" 'BEGIN {
    printf "  %-34s wall %10.1f ms   CPU %10.1f ms", label, wall, cpu
    if (wall > 0 && cpu > 0) printf "   ratio %5.2f (CPU %5.2f)", fw / wall, fc / cpu
    print ""
  }'
}
