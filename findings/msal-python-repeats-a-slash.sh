#!/usr/bin/env bash
# python3-msal 1.21.0 (Debian 12).
#
# MSAL for Python asks for the configuration of a tenant before it signs in. Without an authority, and with one that ends
# in a slash, as its default does, it writes two slashes into the path: /common//v2.0/.well-known/openid-configuration.
# The live host takes them for one; a router that matches each segment finds nothing there, and MSAL then says "Unable to
# get authority configuration", of an authority that nobody has given.
#
# Output seen, 2026-11-28, Linux x64:
#   no authority: https://login.microsoftonline.com:443/common//v2.0/.well-known/openid-configuration
#   …/consumers/: https://login.microsoftonline.com:443/consumers//v2.0/.well-known/openid-configuration
#   …/consumers: https://login.microsoftonline.com:443/consumers/v2.0/.well-known/openid-configuration
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get install -y --no-install-recommends python3-msal >/dev/null 2>&1
cat > try.py <<'PY'
import msal

class Shown(Exception):
    pass

# Nothing is sent: the request is shown where it would be made.
class Client:
    def get(self, url, **_):
        raise Shown(url)

    post = get

HOST = 'https://login.microsoftonline.com'
for name, authority in (('no authority', None), ('…/consumers/', f'{HOST}/consumers/'), ('…/consumers', f'{HOST}/consumers')):
    try:
        msal.PublicClientApplication('id', authority=authority, http_client=Client())
    except Shown as shown:
        print(f'{name}: {shown}')
PY
PYTHONIOENCODING=utf-8 /usr/bin/python3 try.py | tee seen
diff seen - <<'SEEN'
no authority: https://login.microsoftonline.com:443/common//v2.0/.well-known/openid-configuration
…/consumers/: https://login.microsoftonline.com:443/consumers//v2.0/.well-known/openid-configuration
…/consumers: https://login.microsoftonline.com:443/consumers/v2.0/.well-known/openid-configuration
SEEN
