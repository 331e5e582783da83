-- SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
--
-- Neovim with nothing but its built-in client, as init.lua has set it up:
-- opens client.c, waits for the warning, takes the fix, saves, and writes what
-- the user sees to seen.json.

local limit = 60000 -- only a hang takes that long
local folder = vim.env.SELFCONNECT_TEST_FOLDER

local function finish(result)
  local file = assert(io.open(folder .. "/seen.json", "w"))
  file:write(vim.fn.json_encode(result))
  file:close()
  vim.lsp.stop_client(vim.lsp.get_active_clients())
  vim.cmd("qall!")
end

vim.cmd("edit client.c")

local function ours()
  return vim.tbl_filter(function(each)
    return each.message:find("can connect to itself", 1, true)
  end, vim.diagnostic.get(0))
end

vim.wait(limit, function() return #ours() > 0 end, 20)
local result = {
  warnings = vim.tbl_map(function(each)
    return { message = each.message, line = each.lnum, column = each.col, source = each.source }
  end, ours()),
}
if #result.warnings == 0 then
  result.error = "no warning"
  return finish(result)
end

-- What a user does in the menu of code actions.
vim.ui.select = function(items, options, on_choice)
  for number, item in ipairs(items) do
    if options.format_item(item):find("can connect to itself", 1, true) then
      return on_choice(item, number)
    end
  end
  result.error = "no fix among: " .. vim.inspect(vim.tbl_map(options.format_item, items))
  on_choice(nil)
end

vim.api.nvim_win_set_cursor(0, { ours()[1].lnum + 1, ours()[1].col })
vim.lsp.buf.code_action()
vim.wait(limit, function() return result.error or vim.bo.modified end, 20)
vim.cmd("write")
vim.wait(limit, function() return #vim.diagnostic.get(0) == 0 end, 20)
result.after = vim.tbl_map(function(each) return each.message end, vim.diagnostic.get(0))
finish(result)
