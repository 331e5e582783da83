// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// retry_client PORT dials localhost:PORT until it succeeds, writes "hello", and
// waits for an answer: what a client in Go does about a server that is not there
// yet. Go makes its system calls by itself, so that no preloaded library sees
// them.
package main

import (
	"fmt"
	"net"
	"os"
	"time"
)

func main() {
	for {
		conn, err := net.Dial("tcp", "127.0.0.1:"+os.Args[1])
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			time.Sleep(20 * time.Millisecond)
			continue
		}
		conn.Write([]byte("hello"))
		conn.Read(make([]byte, 1))
		conn.Read(make([]byte, 100))
		return
	}
}
