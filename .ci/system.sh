# Sourced by .ci/setup and .ci/run: what the machine itself must have, and how to get it.

# Library | Debian, Ubuntu | Fedora | Arch | openSUSE.   Above the bar: enough for tests; below: for a window.
OFFSCREEN_LIBRARIES='
libglib-2.0.so.0      libglib2.0-0          glib2             glib2            libglib-2_0-0
libGL.so.1            libgl1                libglvnd-glx      libglvnd         Mesa-libGL1
libEGL.so.1           libegl1               libglvnd-egl      libglvnd         Mesa-libEGL1
libxkbcommon.so.0     libxkbcommon0         libxkbcommon      libxkbcommon     libxkbcommon0
libdbus-1.so.3        libdbus-1-3           dbus-libs         dbus             libdbus-1-3
libfontconfig.so.1    libfontconfig1        fontconfig        fontconfig       libfontconfig1
'
WINDOW_LIBRARIES='
libxcb-cursor.so.0    libxcb-cursor0        xcb-util-cursor   xcb-util-cursor  libxcb-cursor0
libxcb-icccm.so.4     libxcb-icccm4         xcb-util-wm       xcb-util-wm      libxcb-icccm4
libxcb-keysyms.so.1   libxcb-keysyms1       xcb-util-keysyms  xcb-util-keysyms libxcb-keysyms1
libxcb-shape.so.0     libxcb-shape0         libxcb            libxcb           libxcb-shape0
libxkbcommon-x11.so.0 libxkbcommon-x11-0    libxkbcommon-x11  libxkbcommon-x11 libxkbcommon-x11-0
'
FONT='
a-font                fonts-inter           dejavu-sans-fonts ttf-dejavu       dejavu-fonts
'

say() { printf '%s\n' "$*" >&2; }

package_manager() {
    local name
    for name in apt-get dnf pacman zypper brew; do
        if command -v "$name" >/dev/null 2>&1; then echo "$name"; return; fi
    done
}

# The package that holds the thing of the first column, one name per line:  packages_for "$WINDOW_LIBRARIES" NAME
packages_for() {
    local table=$1 wanted=$2 name apt dnf pacman zypper package
    while read -r name apt dnf pacman zypper; do
        [ "$name" = "$wanted" ] || continue
        case $(package_manager) in
            apt-get) package=$apt ;;
            dnf) package=$dnf ;;
            pacman) package=$pacman ;;
            zypper) package=$zypper ;;
            *) package=$wanted ;;
        esac
        printf '%s\n' $package
    done <<< "$table"
}

install_command() {
    case $(package_manager) in
        apt-get) echo "sudo apt-get install -y $*" ;;
        dnf) echo "sudo dnf install -y $*" ;;
        pacman) echo "sudo pacman -S --needed $*" ;;
        zypper) echo "sudo zypper install -y $*" ;;
        brew) echo "brew install $*" ;;
        *) echo "your system's package manager" ;;
    esac
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

# Only apt-get is run by itself, and only where nobody has to be asked for a password.
may_install() {
    [ "$(package_manager)" = apt-get ] || return 1
    [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null
}

apt_install() { # quiet unless it fails
    local log options=(-qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0)
    log=$(mktemp)
    as_root apt-get "${options[@]}" update >"$log" 2>&1 || true # the old lists may do
    if as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get "${options[@]}" install -y --no-install-recommends "$@" >>"$log" 2>&1; then
        rm -f "$log"
        return
    fi
    cat "$log" >&2
    rm -f "$log"
    return 1
}

# Installs packages, or says in one line which are missing and how to get them:  provide "Qt needs" PACKAGE...
provide() {
    local why=$1
    shift
    if may_install; then
        say "Installing with apt-get: $*"
        apt_install "$@" && return
    fi
    say "$why packages that are missing here: $*. Get them with: $(install_command "$@")"
    return 1
}

ldconfig_list() {
    PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null || true
}

# The libraries of a table that cannot be found, one per line; what the linker's list lacks is tried by loading it.
missing_libraries() {
    local table=$1 python=${2:-} known name rest
    known=$(ldconfig_list)
    while read -r name rest; do
        [ -n "$name" ] || continue
        case $known in *"$name"*) continue ;; esac
        if [ -n "$python" ] && "$python" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$name" 2>/dev/null; then
            continue
        fi
        echo "$name"
    done <<< "$table"
}

has_font() {
    local folder
    for folder in /usr/share/fonts /usr/local/share/fonts "${HOME:-/}/.fonts" "${XDG_DATA_HOME:-${HOME:-}/.local/share}/fonts"; do
        [ -d "$folder" ] || continue
        [ -n "$(find -L "$folder" \( -name '*.[ot]t[fc]' -o -name '*.pf[ab]' \) -print -quit 2>/dev/null)" ] && return
    done
    return 1
}
