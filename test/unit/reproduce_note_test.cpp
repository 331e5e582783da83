//===- reproduce_note_test.cpp - the note and the parser that reads it ----===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "reproduce_command.h"

#include "selfconnect/reproduce_note.h"

#include <gtest/gtest.h>

namespace selfconnect {
namespace {

std::string commandOf(const ReproduceNote &note) {
  return note.str().substr(reproduceNotePrefix.size());
}

TEST(ReproduceNote, HasTheFormThatUsersPaste) {
  EXPECT_EQ(
      (ReproduceNote{{"127.0.0.1", std::uint16_t{33334}}, SocketMode::New})
          .str(),
      "reproduce with: selfconnect reproduce 127.0.0.1:33334 "
      "--socket=new");
  EXPECT_EQ((ReproduceNote{
                 {"127.0.0.2", std::uint16_t{33334}}, SocketMode::Same, true})
                .str(),
            "reproduce with: selfconnect reproduce 127.0.0.2:33334 "
            "--socket=same --bind-any-port");
  EXPECT_EQ((ReproduceNote{{"127.0.0.1", std::uint16_t{33334}},
                           SocketMode::New,
                           false,
                           true,
                           5})
                .str(),
            "reproduce with: selfconnect reproduce 127.0.0.1:33334 "
            "--socket=new --reuseaddr --tries=5");
}

TEST(ReproduceNote, IsReadByTheOptionsOfTheCommand) {
  const std::optional<std::string> hosts[] = {std::nullopt, "127.0.0.1", "::1",
                                              "localhost"};
  const std::optional<std::uint16_t> ports[] = {std::nullopt,
                                                std::uint16_t{33334}};
  for (const auto &host : hosts)
    for (const auto &port : ports)
      for (SocketMode socket :
           {SocketMode::New, SocketMode::Same, SocketMode::Nonblocking})
        for (unsigned choice = 0; choice < 8; ++choice) {
          ReproduceNote note{{host, port}, socket, (choice & 1) != 0};
          note.reuseaddr = (choice & 2) != 0;
          if (choice & 4)
            note.tries = 5;
          std::string error;
          auto read = cli::parseReproduceNote(commandOf(note), error);
          ASSERT_TRUE(read) << note.str() << ": " << error;
          EXPECT_EQ(read->target, note.target);
          EXPECT_EQ(read->socket, note.socket);
          EXPECT_EQ(read->bindAnyPort, note.bindAnyPort);
          EXPECT_EQ(read->reuseaddr, note.reuseaddr);
          EXPECT_EQ(read->tries, note.tries);
        }
}

TEST(ReproduceNote, EditedByHandIsRefused) {
  for (const char *bad :
       {"", "selfconnect", "selfconnect reproduce",
        "selfconnect reproduce 127.0.0.1:33334",
        "selfconnect reproduce 127.0.0.1:0 --socket=new",
        "selfconnect reproduce 127.0.0.1:99999 --socket=new",
        "selfconnect reproduce 127.0.0.1:33334 --socket=old",
        "selfconnect reproduce 127.0.0.1:33334 --socket=new --json",
        "selfconnect reproduce 127.0.0.1:33334 --socket=new --tries=0",
        "selfconnect reproduce 127.0.0.1:33334 --tries=5 --socket=new",
        "selfconnect reproduce 127.0.0.1:33334 --socket=new extra",
        "selfconnect reproduce  127.0.0.1:33334 --socket=new",
        "selfconnect reproduce 127.0.0.1:33334 --sock=new",
        "selfconnect predict 127.0.0.1:33334 --socket=new"}) {
    std::string error;
    EXPECT_FALSE(cli::parseReproduceNote(bad, error)) << bad;
    EXPECT_FALSE(error.empty()) << bad;
    EXPECT_EQ(error.find('\n'), std::string::npos) << error;
  }
}

} // namespace
} // namespace selfconnect
