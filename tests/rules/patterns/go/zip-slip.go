package main

import (
	"archive/tar"
	"archive/zip"
)

func unpack(reader *zip.ReadCloser, folder string) {
	for _, entry := range reader.File {
		// ruleid: zip-slip
		write(filepath.Join(folder, entry.Name), entry)
	}
}

func untar(reader *tar.Reader, folder string) {
	header, err := reader.Next()
	// ruleid: zip-slip
	write(filepath.Join(folder, header.Name), reader)
	// ok: zip-slip
	write(filepath.Join(folder, "fixed"), reader)
	// ok: zip-slip
	write(filepath.Join(folder, user.Name), reader)
}
