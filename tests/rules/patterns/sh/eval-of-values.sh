# ruleid: eval-of-values
eval "$1"
# ruleid: eval-of-values
eval $user_input
# ruleid: eval-of-values
eval "run $@"
# ok: eval-of-values
eval "$(ssh-agent -s)"
# ok: eval-of-values
"$@"
# ok: eval-of-values
eval set -- fixed
# ok: eval-of-values
echo "$1"
# ruleid: eval-of-values
read -p "host: " host
eval "ping -c1 $host"
# ok: eval-of-values
read -p "host: " host
ping -c1 -- "$host"
