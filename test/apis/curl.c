// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// libcurl: an option call whose second argument says what the third one is. A
// transfer is one attempt, and nothing connects again.
//
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-* %t -- -- %headers

#include <curl/curl.h>

void fetch_once(CURL *handle) {
  curl_easy_setopt(handle, CURLOPT_URL, "http://localhost:50051/x");
  curl_easy_setopt(handle, CURLOPT_PORT, 50053L);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, 50055L);
}
