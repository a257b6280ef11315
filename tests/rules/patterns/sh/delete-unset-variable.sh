# ruleid: delete-unset-variable
rm -rf "$folder"/*
# ruleid: delete-unset-variable
rm -rf $BUILD/lib
# ruleid: delete-unset-variable
sudo rm -rf ${PREFIX}/
# ruleid: delete-unset-variable
rm -rf "$folder/"
# ok: delete-unset-variable
rm -rf -- "${folder:?}/cache"
# ok: delete-unset-variable
rm -rf build/cache
# ok: delete-unset-variable
rm -f "$file"
# ok: delete-unset-variable
rm -rf "$folder"
