package main

import "crypto/cipher"

var fixed = []byte("0123456789abcdef")

func encrypt(block cipher.Block, gcm cipher.AEAD, text []byte) {
	iv := make([]byte, 16)
	// ruleid: static-iv
	stream := cipher.NewCFBEncrypter(block, iv)
	// ruleid: static-iv
	mode := cipher.NewCBCEncrypter(block, fixed)
	// ruleid: static-iv
	sealed := gcm.Seal(nil, []byte("unique nonce"), text, nil)
	use(stream, mode, sealed)
}

func encryptSafely(block cipher.Block, gcm cipher.AEAD, text []byte) {
	iv := make([]byte, 16)
	if _, err := io.ReadFull(rand.Reader, iv); err != nil {
		panic(err)
	}
	// ok: static-iv
	stream := cipher.NewCTR(block, iv)
	nonce := make([]byte, gcm.NonceSize())
	rand.Read(nonce)
	// ok: static-iv
	sealed := gcm.Seal(nonce, nonce, text, nil)
	use(stream, sealed)
}

func decrypt(block cipher.Block, sealed []byte) {
	// ok: static-iv
	mode := cipher.NewCBCDecrypter(block, sealed[:16])
	use(mode)
}
