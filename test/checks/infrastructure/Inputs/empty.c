/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
int nothing_to_see(void);
