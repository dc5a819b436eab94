# Makes .venv with everything in it, and adds the system packages that are missing. Sourced by scripts/run and scripts/test.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
VENV=$ROOT/.venv
PYTHON=$VENV/bin/python

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$@"
  exit 1
}

# A screen that a window can be shown on. Only Linux can be without one.
has_screen() {
  case ${QT_QPA_PLATFORM:-} in
    offscreen | minimal) return 1 ;;
    ?*) return 0 ;;
  esac
  [[ $(uname -s) != Linux || -n ${DISPLAY:-} || -n ${WAYLAND_DISPLAY:-} ]]
}

# -- system packages -------------------------------------------------------------------------------------------

is_debian() { command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; }

# Prints what stands before a command that only root may run; fails where that is not allowed without a password.
as_root() {
  if [[ $(id -u) == 0 ]]; then
    echo env
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    echo sudo -n env
  else
    return 1
  fi
}

# Installs Debian packages quietly; the words of apt-get are kept in a file that is shown only when it fails.
apt_install() {
  local root log
  root=$(as_root) || return 1
  log=$(mktemp)
  say "Installing system packages: $*"
  # shellcheck disable=SC2086 # the words before the command are meant to be split
  if $root DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >"$log" 2>&1 ||
    { $root DEBIAN_FRONTEND=noninteractive apt-get update >"$log" 2>&1 &&
      $root DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >"$log" 2>&1; }; then
    rm -f "$log"
  else
    grep '^E:' "$log" | tail -n 2 >&2 || true
    rm -f "$log"
    return 1
  fi
}

missing_libraries() {
  local screen=no
  if has_screen && [[ -n ${DISPLAY:-} ]]; then screen=yes; fi
  "$PYTHON" - "$screen" <<'PY'
import ctypes, sys
from evidenceboard.ui.app import PACKAGES, X_PACKAGES

def loads(name):
    try:
        return bool(ctypes.CDLL(name))
    except OSError:
        return False

wanted = PACKAGES | (X_PACKAGES if sys.argv[1] == "yes" else {})
print(*dict.fromkeys(package for name, package in wanted.items() if not loads(name)))
PY
}

missing_fonts() {
  local package
  for package in fonts-noto-cjk fonts-noto-core; do
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
  done
}

# Without them the program says what it lacks, or shows boxes for letters; so this never stops anything.
system_packages() {
  [[ $(uname -s) == Linux ]] || return 0
  local missing refused=$VENV/system-packages-refused
  missing=$(missing_libraries)
  if is_debian; then missing="$missing $(missing_fonts)"; fi
  read -r -d '' -a missing <<<"$missing" || true
  if [[ ${#missing[@]} == 0 ]]; then
    rm -f "$refused"
  elif ! is_debian; then
    say "This system lacks what these Debian packages hold, which the window needs: ${missing[*]}."
  elif [[ $(cat "$refused" 2>/dev/null) == "${missing[*]}" ]] || ! apt_install "${missing[@]}"; then
    echo "${missing[*]}" >"$refused"
    say "These system packages are missing and could not be installed from here: sudo apt-get install ${missing[*]}"
  fi
}

# -- Python ----------------------------------------------------------------------------------------------------

# Prints the first Python that is new enough and can make a virtual environment.
find_python() {
  local name
  for name in python3.13 python3.12 python3.11 python3; do
    if "$name" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
  return 1
}

# Prints the Debian package that a Python of the right age needs to make a virtual environment.
missing_python() {
  local name
  for name in python3.13 python3.12 python3.11 python3; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      "$name" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
      return
    fi
  done
  echo python3 python3-venv
}

make_venv() {
  local python needed
  if ! python=$(find_python); then
    read -r -a needed <<<"$(missing_python)"
    if is_debian; then apt_install "${needed[@]}" || true; fi
    python=$(find_python) || fail "Python 3.11 or newer with its venv module is needed and was not found." \
      "On Debian or Ubuntu: sudo apt-get install ${needed[*]}"
  fi
  say "Making .venv with $("$python" --version)."
  "$python" -m venv --clear "$VENV" || fail "The folder .venv could not be made; nothing else was changed."
}

digest() { "$PYTHON" -c 'import hashlib, sys; print(hashlib.sha256(b"".join(open(p, "rb").read() for p in sys.argv[1:])).hexdigest())' "$@"; }

install_python_packages() {
  local stamp=$VENV/installed wanted
  "$PYTHON" -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || make_venv
  # The folder is part of it: a tree that was moved needs its .venv anew.
  wanted="$(digest "$ROOT/pyproject.toml" "$ROOT/requirements.lock") $ROOT"
  if [[ $(cat "$stamp" 2>/dev/null) != "$wanted" ]]; then
    if [[ -e $stamp && $(cut -d' ' -f2- "$stamp") != "$ROOT" ]]; then make_venv; fi
    say "Installing the Python packages of requirements.lock (about 300 MB, a minute or two)."
    export PIP_DISABLE_PIP_VERSION_CHECK=1
    "$PYTHON" -m pip install -qq --require-hashes -r "$ROOT/requirements.lock" ||
      fail "The Python packages could not be installed; the lines above say why. Nothing outside .venv was changed."
    "$PYTHON" -m pip install -qq --no-deps -e "$ROOT" ||
      fail "Evidenceboard itself could not be installed into .venv; the lines above say why."
    printf '%s\n' "$wanted" >"$stamp"
  fi
}

install_python_packages
system_packages
