# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The checks over C and C++ targets, one action for each, as an aspect.

An action runs `selfconnect scan --no-confirm` over the sources of its target. It
reads the summaries of the targets in `deps`, and leaves its own for those that
depend on it: what a target is told comes from below, never from its dependants.
"""

SelfconnectInfo = provider(
    doc = "What the checks learnt of a target and of all that it depends on.",
    fields = {
        "summaries": "depset of folders as docs/summaries.md has them",
        "sources": "depset of the files that these are about, for notes that point there",
        "reports": "depset of what was found: text, and YAML for selfconnect confirm",
    },
)

_C = ["c"]
_CPP = ["cc", "cpp", "cxx", "c++", "C"]

def _flags(ctx, toolchain, context, source, action):
    """What the toolchain would compile the source with, without the source."""
    features = cc_common.configure_features(
        ctx = ctx,
        cc_toolchain = toolchain,
        requested_features = ctx.features,
        # Clang reads no precompiled header or module map of another compiler.
        unsupported_features = ctx.disabled_features + ["module_maps", "header_modules"],
    )
    options = ctx.fragments.cpp
    languages = options.conlyopts if action == "c-compile" else options.cxxopts
    copts = getattr(ctx.rule.attr, "copts", [])
    local = getattr(ctx.rule.attr, "local_defines", [])
    variables = cc_common.create_compile_variables(
        feature_configuration = features,
        cc_toolchain = toolchain,
        source_file = source.path,
        user_compile_flags = options.copts + languages +
                             [ctx.expand_make_variables("copts", each, {}) for each in copts],
        include_directories = context.includes,
        quote_include_directories = context.quote_includes,
        system_include_directories = context.system_includes,
        framework_include_directories = context.framework_includes,
        preprocessor_defines = depset(local, transitive = [context.defines]),
    )
    return cc_common.get_memory_inefficient_command_line(
        feature_configuration = features,
        action_name = action,
        variables = variables,
    )

def _sources(ctx):
    files = []
    for attribute in ["srcs", "hdrs", "textual_hdrs"]:
        for target in getattr(ctx.rule.attr, attribute, []):
            files += target.files.to_list()
    return files

def _scan(ctx, context, sources, others, below):
    """Declares the action; returns the folder of summaries and the reports."""
    toolchain = ctx.attr._toolchain[cc_common.CcToolchainInfo]
    commands = []
    for source in sources:
        action = "c-compile" if source.extension in _C else "c++-compile"
        commands.append(struct(
            # The folder of the sandbox: the script knows it.
            directory = "%FOLDER%",
            file = source.path,
            arguments = [toolchain.compiler_executable] +
                        _flags(ctx, toolchain, context, source, action),
        ))
    at = "_selfconnect/" + ctx.label.name
    database = ctx.actions.declare_file(at + ".commands.json")
    ctx.actions.write(database, "[" + ",\n".join([each.to_json() for each in commands]) + "]\n")
    summaries = ctx.actions.declare_directory(at + ".summaries")
    text = ctx.actions.declare_file(at + ".txt")
    fixes = ctx.actions.declare_file(at + ".yaml")

    arguments = ctx.actions.args()
    arguments.add(ctx.file._selfconnect)
    arguments.add(database)
    arguments.add_all([summaries], expand_directories = False)
    arguments.add(text)
    arguments.add(fixes)
    arguments.add_all(others, expand_directories = False)
    ctx.actions.run(
        executable = ctx.file._script,
        arguments = [arguments],
        inputs = depset(
            _sources(ctx) + [database, ctx.file._selfconnect] + ctx.files._data,
            transitive = [context.headers, others, below, toolchain.all_files],
        ),
        outputs = [summaries, text, fixes],
        mnemonic = "Selfconnect",
        progress_message = "Looking for self-connects in %s" % ctx.label,
        # selfconnect and clang-tidy, where they are those of the machine.
        use_default_shell_env = True,
    )
    return summaries, [text, fixes]

def _below(ctx):
    """What the targets say that this one depends on."""
    found = []
    for attribute in ["deps", "implementation_deps"]:
        for target in getattr(ctx.rule.attr, attribute, []):
            if SelfconnectInfo in target:
                found.append(target[SelfconnectInfo])
    return found

def _aspect(target, ctx):
    below = _below(ctx)
    others = depset(transitive = [each.summaries for each in below])
    files = depset(transitive = [each.sources for each in below])
    reports = depset(transitive = [each.reports for each in below])
    sources = [each for each in _sources(ctx) if each.extension in _C + _CPP]
    # What comes from elsewhere is for its authors to check.
    if sources and CcInfo in target and target.label.workspace_name == "":
        context = target[CcInfo].compilation_context
        folder, found = _scan(ctx, context, sources, others, files)
        others = depset([folder], transitive = [others])
        files = depset(sources, transitive = [files, context.headers])
        reports = depset(found, transitive = [reports])
    return [
        SelfconnectInfo(summaries = others, sources = files, reports = reports),
        OutputGroupInfo(selfconnect = reports),
    ]

selfconnect = aspect(
    doc = "bazel build //... --aspects=@selfconnect//:selfconnect.bzl%selfconnect " +
          "--output_groups=selfconnect",
    implementation = _aspect,
    attr_aspects = ["deps", "implementation_deps"],
    attrs = {
        "_script": attr.label(
            default = Label("//:scan_target.sh"),
            allow_single_file = True,
        ),
        "_selfconnect": attr.label(
            default = Label("//:selfconnect"),
            allow_single_file = True,
        ),
        "_data": attr.label(default = Label("//:data")),
        "_toolchain": attr.label(
            default = Label("@bazel_tools//tools/cpp:current_cc_toolchain"),
        ),
    },
    fragments = ["cpp"],
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
)
