# ruleid: search-path-unsafe
export PATH=.:$PATH
# ruleid: search-path-unsafe
PATH="$PATH:/tmp/bin"
# ruleid: search-path-unsafe
export LD_LIBRARY_PATH=/tmp/lib:$LD_LIBRARY_PATH
# ok: search-path-unsafe
export PATH=/opt/tool/bin:$PATH
# ok: search-path-unsafe
PATH="$HOME/.local/bin:$PATH"
# ok: search-path-unsafe
# PATH=.:$PATH
