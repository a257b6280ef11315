package main

// ruleid: debug-open
import _ "net/http/pprof"

// ok: debug-open
import "net/http"

// ok: debug-open
import "runtime/pprof"
