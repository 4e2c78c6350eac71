#!/bin/sh
# Sees to it that a Chromium is there: the system's, else Debian's package, else Playwright's own. Never fails:
# without one, sources of the family `rendered` are skipped and all else works.
set -u
bin=$1

found() { "$bin/python" -c "from crawlers.browser import find_browser; find_browser()" >/dev/null 2>&1; }

found && exit 0
[ "${JEJAK_NO_CHROMIUM:-}" ] && { echo "No Chromium wanted (JEJAK_NO_CHROMIUM): pages that need JavaScript will be left out."; exit 0; }
echo "No Chromium found; trying to install one"
as_root=
[ "$(id -u)" = 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null && { [ -z "$as_root" ] || sudo -n true 2>/dev/null; }; then
    { $as_root apt-get -qq update && DEBIAN_FRONTEND=noninteractive $as_root apt-get -qq -y install --no-install-recommends chromium fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji; } >/dev/null 2>&1
fi
found || "$bin/playwright" install chromium >/dev/null 2>&1
if found; then
    echo "Chromium is ready"
else
    echo "No Chromium could be installed: pages that need JavaScript will be left out. Install Chromium or Chrome to read them."
fi
exit 0
