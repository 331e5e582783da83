// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// libcurl: an option call whose second argument says what the third one is. Each
// transfer is one attempt.
//
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-* %t -- -- %headers

#include <curl/curl.h>

void fetch_once(CURL *handle) {
  curl_easy_setopt(handle, CURLOPT_URL, "http://localhost:50051/x");
  curl_easy_setopt(handle, CURLOPT_PORT, 50053L);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, 50055L);
  curl_easy_perform(handle);
}

void fetch_until_it_works(void) {
  CURL *handle = curl_easy_init();
  curl_easy_setopt(handle, CURLOPT_URL, "http://localhost:50057/x");
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, 50055L);
  while (curl_easy_perform(handle) != CURLE_OK)
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:10: note: a new socket is created on each iteration
    // CHECK-MESSAGES: :[[@LINE-5]]:41: note: port 50057 comes from here
    // CHECK-MESSAGES: :[[@LINE-4]]:3: note: the loop is here
    // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce 127.0.0.1:50057 --socket=new
    ;
  curl_easy_cleanup(handle);
}

CURLcode fetch_with_a_new_handle_each_time(void) {
  for (;;) {
    CURL *handle = curl_easy_init();
    curl_easy_setopt(handle, CURLOPT_URL, "http://127.0.0.1/x");
    curl_easy_setopt(handle, CURLOPT_PORT, 50059L);
    CURLcode result = curl_easy_perform(handle);
    // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce 127.0.0.1:50059 --socket=new
    curl_easy_cleanup(handle);
    if (result == CURLE_OK)
      return result;
  }
}

void a_port_outside_of_the_range_is_set_on_one_way(int testing) {
  CURL *handle = curl_easy_init();
  curl_easy_setopt(handle, CURLOPT_URL, "http://localhost:50061/x");
  if (testing)
    curl_easy_setopt(handle, CURLOPT_PORT, 8080L);
  while (curl_easy_perform(handle) != CURLE_OK)
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce 127.0.0.1:50061 --socket=new
    ;
}

void an_ipv6_address_without_a_port(void) {
  CURL *handle = curl_easy_init();
  curl_easy_setopt(handle, CURLOPT_PORT, 50063L);
  curl_easy_setopt(handle, CURLOPT_URL, "http://[::1]");
  while (curl_easy_perform(handle) != CURLE_OK)
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce [::1]:50063 --socket=new
    ;
}

// --- Silent -----------------------------------------------------------------

CURLcode port_80_as_nothing_else_is_said(CURL *handle) {
  CURLcode result;
  do {
    curl_easy_setopt(handle, CURLOPT_URL, "http://localhost/x");
    curl_easy_setopt(handle, CURLOPT_UNIX_SOCKET_PATH, "/run/x");
    result = curl_easy_perform(handle);
  } while (result != CURLE_OK);
  return result;
}

// The port of most URLs is 80 or 443.
void a_url_that_is_not_known(const char *url) {
  CURL *handle = curl_easy_init();
  curl_easy_setopt(handle, CURLOPT_URL, url);
  while (curl_easy_perform(handle) != CURLE_OK)
    ;
}

void a_handle_that_is_not_known(CURL *handle) {
  while (curl_easy_perform(handle) != CURLE_OK)
    ;
}

void a_port_outside_of_the_range_is_set_afterwards(void) {
  CURL *handle = curl_easy_init();
  curl_easy_setopt(handle, CURLOPT_PORT, 50059L);
  curl_easy_setopt(handle, CURLOPT_URL, "http://localhost:50057/x");
  curl_easy_setopt(handle, CURLOPT_PORT, 8080L);
  while (curl_easy_perform(handle) != CURLE_OK)
    ;
}

void another_host(void) {
  CURL *handle = curl_easy_init();
  curl_easy_setopt(handle, CURLOPT_URL, "http://192.0.2.1:50057/x");
  while (curl_easy_perform(handle) != CURLE_OK)
    ;
}

CURLcode one_server_after_another(void) {
  static const char *const urls[] = {"http://localhost:50057/x",
                                     "http://localhost:50059/x"};
  CURL *handle = curl_easy_init();
  for (int i = 0; i < 2; i++) {
    curl_easy_setopt(handle, CURLOPT_URL, urls[i]);
    if (curl_easy_perform(handle) == CURLE_OK)
      return CURLE_OK;
  }
  return CURLE_COULDNT_CONNECT;
}
