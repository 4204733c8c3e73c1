#!/bin/sh
# Starts a service in a container: secrets from files, signals handed on, and exit code 3 (a bug) told from a crash.
#
# Docker restarts on every exit code but 0 and knows no exceptions. A service that met a bug has paused its consumer on the
# server and must stay down, so this script ends with 0 then, and says so. What is true without it: a restarted service
# gets no messages while its consumer is paused, so nothing would be lost, only started again and again.
set -eu

# <NAME>_FILE=/run/secrets/x becomes <NAME>, for libraries that read only the environment.
for name in PGPASSWORD AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY ANTHROPIC_API_KEY; do
  eval "file=\${${name}_FILE:-}"
  [ -n "$file" ] || continue
  if ! value=$(cat "$file"); then
    echo "entrypoint: ${name}_FILE can't be read: make it readable for user id $(id -u)." >&2
    exit 4
  fi
  export "$name=$value"
done

[ "$1" = rumiai ] && exec "$@" # a person's command: its exit code is the answer

stopping=
trap 'stopping=yes; kill -TERM "$child" 2>/dev/null || :' TERM INT
"$@" &
child=$!
code=0
wait "$child" || code=$?
if [ -n "$stopping" ]; then # the signal ended the first wait, not the service
  code=0
  wait "$child" || code=$?
fi
if [ "$code" = 3 ]; then
  echo "entrypoint: this service stopped at a bug and stays down; install the fix, run \`rumiai resume\`, then start it again." >&2
  exit 0
fi
exit "$code"
