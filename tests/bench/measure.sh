# Measuring commands against each other, fairly: in turns, so that a slow minute of the machine meets all of them, each
# from a fresh start that is not measured, and the median of several rounds. For sourcing by bash.
#
# What a command makes goes to $target, which is another path each time, and stays there to the end: a file system may
# look long for a free place among files that were removed a moment ago (ext4 does for minutes), and that time would be
# put down to whoever comes next.

: "${ROUNDS:=5}"

# Goes on where there is a program to measure: MODTOOL, or that of the release preset; from the top of the checkout.
need_modtool() {
  : "${MODTOOL:=$PWD/build/release/cli/modtool}"
  [ -x "$MODTOOL" ] || { echo "there is no $MODTOOL; build the release preset, or set MODTOOL" >&2; exit 2; }
}

# An empty home, and of the user's settings nothing that repositories or builds would see; below $scratch, whose repositories/ stands
# for https://git.example.com/.
enter_own_home() {
  mkdir "$scratch/targets" "$scratch/home" "$scratch/project"
  export HOME=$scratch/home GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.com
  export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.com
  unset XDG_CACHE_HOME XDG_CONFIG_HOME GIT_CONFIG_GLOBAL CMAKE_GENERATOR
  printf '[url "file://%s/repositories/"]\n\tinsteadOf = https://git.example.com/\n' "$scratch" >"$HOME/.gitconfig"
}

labels=()
setups=()
commands=()
turns=0

# contender LABEL SETUP COMMAND: enters a command, as text for the shell; SETUP runs before each of its rounds.
contender() {
  labels+=("$1")
  setups+=("$2")
  commands+=("$3")
}

# measured COMMAND: runs it $repeat times and prints "wall user system" of one, in milliseconds.
measured() {
  local TIMEFORMAT='%3R %3U %3S'
  { time for ((run = 0; run < repeat; run++)); do eval "$1" >/dev/null 2>&3 || echo failed >&3; done; } 3>"$scratch/errors" 2>&1 |
    awk -v n="$repeat" '{ printf "%.2f %.2f %.2f\n", $1 * 1000 / n, $2 * 1000 / n, $3 * 1000 / n }'
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
  printf '\n%-36s %26s %30s\n' "$1" 'wall / user / system, ms' 'as fast as the first: wall, CPU'
  for ((i = 0; i < ${#labels[@]}; i++)); do report "$i"; done
  labels=() setups=() commands=()
}

# What the turn before left to be written to the disk is not this one's.
one_turn() {
  target=$scratch/targets/$((++turns))
  eval "${setups[$1]}" >/dev/null 2>&1
  sync -f "$scratch"
  measured "${commands[$1]}" >>"$scratch/samples.$1"
  if grep -q '^failed$' "$scratch/errors"; then
    echo "this command failed: ${commands[$1]}" >&2
    tail -n 5 "$scratch/errors" >&2
    exit 1
  fi
}

# "wall user system CPU" of a contender, medians.
medians_of() {
  local field
  for field in '$1' '$2' '$3' '$2 + $3'; do awk "{ print $field }" "$scratch/samples.$1" | median; done | paste -sd' '
}

report() {
  awk -v label="${labels[$1]}" -v first="$(medians_of 0)" -v this="$(medians_of "$1")" 'BEGIN {
    split(first, f); split(this, t)
    printf "  %-34s %8.1f %8.1f %8.1f", label, t[1], t[2], t[3]
    if (t[1] > 0 && t[4] > 0) printf "   %9.2f x %9.2f x", f[1] / t[1], f[4] / t[4]
    print ""
  }'
}
