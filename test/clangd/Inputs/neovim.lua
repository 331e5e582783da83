-- SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
--
-- Neovim with nothing but its built-in client, as docs/editors.md sets it up:
-- opens client.c, waits for the warning, and writes what the user sees to
-- seen.json.

local limit = 60000 -- only a hang takes that long
local folder = vim.env.SELFCONNECT_TEST_FOLDER

local function finish(result)
  local file = assert(io.open(folder .. "/seen.json", "w"))
  file:write(vim.fn.json_encode(result))
  file:close()
  vim.lsp.stop_client(vim.lsp.get_active_clients())
  vim.cmd("qall!")
end

-- The setting of docs/editors.md.
vim.api.nvim_create_autocmd("FileType", {
  pattern = { "c", "cpp" },
  callback = function(args)
    local id = vim.lsp.start_client({
      name = "selfconnect-clangd",
      cmd = { vim.env.SELFCONNECT_TEST_CLANGD, "--background-index=false" },
      root_dir = vim.fn.getcwd(),
    })
    vim.lsp.buf_attach_client(args.buf, id)
  end,
})

vim.cmd("filetype on")
vim.cmd("edit " .. vim.fn.fnameescape(folder .. "/client.c"))

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

finish(result)
