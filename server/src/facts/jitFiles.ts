/** Libraries and programs that write machine code and run it, by the name of the file, with what they are. */
export const JIT_FILES: readonly (readonly [file: RegExp, what: string])[] = [
  [/^libv8(?:_|\b|-)/, "the JavaScript compiler V8"],
  [/^(?:libnode\b|node(?:js)?$|deno$|bun$)/, "a JavaScript runtime"],
  [/^libmozjs-/, "the JavaScript compiler SpiderMonkey"],
  [/^lib(?:java?script|web)coregtk-|^libjavascriptcoregtk-/i, "the JavaScript compiler of WebKit"],
  [/^libQt\d+(?:Qml|WebEngineCore)\./, "the JavaScript compiler of Qt"],
  [/^libjvm\.so/, "the Java virtual machine"],
  [/^libj9/, "the Java virtual machine OpenJ9"],
  [/^lib(?:coreclr|clrjit)\.so/, "the .NET runtime"],
  [/^libmono(?:sgen)?-|^mono(?:-sgen)?$/, "the Mono runtime"],
  [/^libluajit-|^luajit/, "LuaJIT"],
  [/^libpypy|^pypy/, "PyPy"],
  [/^libgccjit\.so/, "the compiler GCC as a library"],
  [/^libtcc\b/, "a C compiler as a library"],
  [/^(?:libLLVM|libLLVMOrc|llvmjit)/, "the compiler LLVM"],
  [/^lib(?:jit|lightning|asmjit|mir)\b/, "a library that makes machine code"],
  [/^(?:opcache|php_opcache)\.so/, "the compiler of PHP's OPcache"],
  [/^libbeamasm|^beam\.(?:smp|emu)/, "the compiler of the Erlang runtime"],
  [/^libjulia\b|^libjulia-internal/, "the compiler of Julia"],
  [/^lib(?:wasmtime|wasmer|wasmedge|iwasm)\b/, "a compiler for WebAssembly"],
  [/^lib(?:ruby-?yjit)/, "the compiler of Ruby"],
  [/^libguile-3/, "the compiler of Guile 3"],
  [/^libvirgl|^libOpenCL|^libpocl/, "a compiler for graphics or OpenCL programs"],
];

// Left out because they do without: libpcre2 matches without its compiler, libffi makes its closures from a file, and
// neither Python's ctypes nor Perl needs writable code then.
