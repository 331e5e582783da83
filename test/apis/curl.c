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

CURLcode fetch_again(CURL *handle) {
  CURLcode result;
  do {
    curl_easy_setopt(handle, CURLOPT_URL, "http://localhost/x"); // port 80
    curl_easy_setopt(handle, CURLOPT_UNIX_SOCKET_PATH, "/run/x");
    result = curl_easy_perform(handle);
  } while (result != CURLE_OK);
  return result;
}
