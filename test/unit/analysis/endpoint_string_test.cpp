//===- endpoint_string_test.cpp - host and port in one string -------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "api/EndpointString.h"
#include <gtest/gtest.h>

using namespace clang::tidy::selfconnect;

namespace {

/// "host|port" of each endpoint, with ? for what is not known.
std::string parse(llvm::StringRef Text) {
  std::string All;
  for (const StringEndpoint &Each : parseEndpointString(Text)) {
    All += All.empty() ? "" : " ";
    All += Each.HostUnknown ? "?" : Each.Host;
    All += '|';
    All += Each.Port ? std::to_string(*Each.Port) : "?";
  }
  return All;
}

TEST(EndpointString, ReadsHostAndPort) {
  EXPECT_EQ(parse("localhost:50051"), "localhost|50051");
  EXPECT_EQ(parse(" 127.0.0.1:33334 "), "127.0.0.1|33334");
  EXPECT_EQ(parse("50051"), "|50051");
  EXPECT_EQ(parse(":50051"), "|50051");
  EXPECT_EQ(parse("*:50051"), "*|50051");
}

TEST(EndpointString, TakesBracketsOff) {
  EXPECT_EQ(parse("[::1]:50051"), "::1|50051");
  EXPECT_EQ(parse("tcp://[::]:50051"), "::|50051");
  EXPECT_EQ(parse("http://[::1]/x"), "::1|80");
  EXPECT_EQ(parse("[::1]"), "");
  EXPECT_EQ(parse("[::1"), "");
  EXPECT_EQ(parse("[::1]50051"), "");
  EXPECT_EQ(parse("::1"), "");
}

TEST(EndpointString, ReadsUrls) {
  EXPECT_EQ(parse("tcp://*:5555"), "*|5555");
  EXPECT_EQ(parse("http://user:word@h:50051/x?y#z"), "h|50051");
  EXPECT_EQ(parse("http://h/x:50051"), "h|80");
  EXPECT_EQ(parse("WSS://h"), "h|443");
  EXPECT_EQ(parse("redis://h"), "");
  EXPECT_EQ(parse("dns://8.8.8.8/h:50051"), "h|50051");
  EXPECT_EQ(parse("ipv4:127.0.0.1:50051"), "127.0.0.1|50051");
}

TEST(EndpointString, LeavesOtherTransportsOut) {
  for (const char *Text :
       {"unix:/tmp/a:50051", "ipc:///tmp/a:50051", "udp://h:50051",
        "inproc://a:50051", "vsock:3:50051", "/tmp/a:50051", ""})
    EXPECT_EQ(parse(Text), "") << Text;
}

TEST(EndpointString, ReadsLists) {
  EXPECT_EQ(parse("a:50051,b:50052"), "a|50051 b|50052");
  EXPECT_EQ(parse("50080,50443s,+50081"), "|50080 |50443 |50081");
  EXPECT_EQ(parse("unix:/a,b:50052"), "b|50052");
  EXPECT_EQ(parse("tcp://a:0;b:5555"), "b|5555");
}

TEST(EndpointString, ReadsKeywords) {
  EXPECT_EQ(parse("host=localhost port=54321"), "localhost|54321");
  EXPECT_EQ(parse("port = '54321' host = 'a b'"), "a b|54321");
  EXPECT_EQ(parse("host=a,b port=50001,50002"), "a|50001 b|50002");
  EXPECT_EQ(parse("host=a,b port=50001"), "a|50001 b|50001");
  EXPECT_EQ(parse("host=a hostaddr=127.0.0.1 port=50001"), "127.0.0.1|50001");
  EXPECT_EQ(parse("host=/run port=50001"), "");
  EXPECT_EQ(parse("port=50001"), "");
  EXPECT_EQ(parse("host=a\\ b port=50001"), "a b|50001");
  EXPECT_EQ(parse("host='a port=50001"), "");
}

TEST(EndpointString, KeepsWhatIsUnknownApart) {
  EXPECT_EQ(parse("\x01:50051"), "?|50051");
  EXPECT_EQ(parse("h:\x01"), "h|?");
  EXPECT_EQ(parse("\x01"), "?|?");
  EXPECT_EQ(parse("host=\x01 port=\x01"), "?|?");
}

TEST(EndpointString, KeepsWhatCallersGive) {
  EXPECT_EQ(parse("tcp://0.0.0.0:\x03"
                  "7\x03"),
            "0.0.0.0|?");
  EXPECT_EQ(parse("[::]:\x03"
                  "7\x03/x"),
            "::|?");
  EXPECT_EQ(parse("tcp://\x03"
                  "7\x03"),
            "?|?");
  EXPECT_EQ(parse("http://\x03"
                  "7\x03"),
            "?|?");
  auto Found = parseEndpointString("a:\x03"
                                   "7\x03,host:\x03"
                                   "8\x03");
  ASSERT_EQ(Found.size(), 2U);
  EXPECT_EQ(Found[0].OpenPort, "\x03"
                               "7\x03");
  EXPECT_EQ(Found[1].OpenPort, "\x03"
                               "8\x03");
  Found = parseEndpointString("host=a port=\x03"
                              "7\x03");
  ASSERT_EQ(Found.size(), 1U);
  EXPECT_EQ(Found[0].OpenPort, "\x03"
                               "7\x03");
}

TEST(EndpointString, TakesNoWordForAPort) {
  for (const char *Text : {"h:", "h:-1", "h:5005x1", "h:99999999999999999999",
                           "a:b:50051", "hello"})
    EXPECT_EQ(parse(Text), "") << Text;
}

} // namespace
