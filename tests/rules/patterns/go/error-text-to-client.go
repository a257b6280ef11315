package main

func list(w http.ResponseWriter, c *gin.Context, err error) {
	// ruleid: error-text-to-client
	http.Error(w, err.Error(), http.StatusInternalServerError)
	// ruleid: error-text-to-client
	http.Error(w, err.Error(), 500)
	// ruleid: error-text-to-client
	c.JSON(http.StatusInternalServerError, gin.H{"error": err.Error()})
	// ok: error-text-to-client
	http.Error(w, "try again later", http.StatusInternalServerError)
	// ok: error-text-to-client
	http.Error(w, err.Error(), http.StatusBadRequest)
	// ok: error-text-to-client
	c.JSON(http.StatusInternalServerError, gin.H{"error": "try again later"})
}
