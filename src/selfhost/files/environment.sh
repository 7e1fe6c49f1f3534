# Read by the scripts beside it: finds the data, takes the lock if asked to, and exports the secrets.
umask 077

fail() {
	echo "$1" >&2
	exit 1
}

[ "$(uname -s) $(uname -m)" = "Linux x86_64" ] ||
	fail "This folder runs on Linux on x86-64; this is $(uname -s) on $(uname -m)."
"$folder/workerd" --version >/dev/null 2>&1 ||
	fail "The program workerd in this folder does not run here. It needs glibc 2.27 or newer, as Debian, Ubuntu and Fedora have; Alpine's musl does not do."

data=${DATA_DIR:-$folder/data}
case $data in
/*) ;;
*) data=$PWD/$data ;;
esac
secrets=$data/secrets.env
[ -z "${needs_data:-}" ] || [ -e "$secrets" ] ||
	fail "No blog has been started with the data in $data. Set DATA_DIR to the folder that it was started with, such as /var/lib/edgecat."
mkdir -p "$data/v3/d1" "$data/v3/cron" 2>/dev/null && [ -w "$data" ] ||
	fail "The folder $data cannot be written; set DATA_DIR to one that can."

# The environment wins over the file, which gets the secrets that are missing.
[ -e "$secrets" ] || : >"$secrets"
[ -r "$secrets" ] && [ -w "$secrets" ] && chmod 600 "$secrets" 2>/dev/null ||
	fail "The file $secrets belongs to another user than the one who runs the blog. Give it to them: chown --reference=$data $secrets"
# An editor may have left the last line open.
[ -z "$(tail -c 1 "$secrets")" ] || echo >>"$secrets"
for name in SIGNING_SECRET INVITE_SECRET; do
	grep -q "^$name=." "$secrets" ||
		echo "$name=$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=')" >>"$secrets"
done
while IFS= read -r line || [ -n "$line" ]; do
	name=${line%%=*}
	value=${line#*=}
	case $name in
	"$line" | [!A-Z]* | *[!A-Z0-9_]* | PATH | LD_*) continue ;;
	esac
	case $value in
	\"*\" | \'*\') value=${value#?} value=${value%?} ;;
	esac
	eval "present=\${$name:-}"
	[ -n "$present" ] || export "$name=$value"
done <"$secrets"

# workerd starts only where it finds certificate authorities: the machine's own, or else those in this folder.
has_authorities() {
	[ -n "${SSL_CERT_FILE:-}${SSL_CERT_DIR:-}" ] && return
	for file in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/ca-bundle.pem /etc/ssl/cert.pem; do
		[ -s "$file" ] && return
	done
	return 1
}
has_authorities || export SSL_CERT_FILE="$folder/authorities.pem"
[ -r "${SSL_CERT_FILE:-/dev/null}" ] ||
	fail "SSL_CERT_FILE is \"$SSL_CERT_FILE\", a file that cannot be read."
