// A library that is loaded in front of the C library (LD_PRELOAD) and lets one call of a program fail:
//
//   FAULT_AT=n      the n-th call that is counted, from 1; none where it is absent
//   FAULT_WITH=x    the errno that it fails with, or a signal that comes instead: KILL, INT, TERM
//   FAULT_LOG=file  where every counted call is written down: its number, name and path
//   FAULT_IN=n      all that is about the n-th child that is the same program as its parent; 0 or absent: the parent
//
// Counted are the calls that look at, read, write, sync, rename, make, remove, list or map files, and those that start
// threads; in a child also what it writes to standard output, since that is its answer.
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <new>
#include <string>
#include <tuple>

namespace {

std::atomic<long> g_count{0};
long g_at = -1;
int g_errno = 0;
int g_signal = 0;
int g_log = -1;
pid_t g_process = 0;
bool g_is_child = false;
thread_local bool g_inside = false;

// What a parent knows of its children: which of them is meant, and how many began so far, which they count themselves.
struct Children {
  int wanted = 0;
  std::atomic<int>* begun = nullptr;
  char program[4096] = "";
  std::array<std::string, 5> variables;  // that the wanted one gets: its environment is its parent's choice

  void prepare() {
    const char* const wanted_child = getenv("FAULT_IN");
    wanted = wanted_child == nullptr ? 0 : atoi(wanted_child);
    if (wanted == 0) return;
    void* const shared = mmap(nullptr, sizeof *begun, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    begun = new (shared) std::atomic<int>(0);
    if (readlink("/proc/self/exe", program, sizeof program - 1) < 0) abort();
    variables[0] = "FAULT_IS_CHILD=1";
    for (std::size_t i = 1; i < variables.size(); ++i) {
      const char* const name = std::array{"", "LD_PRELOAD", "FAULT_AT", "FAULT_WITH", "FAULT_LOG"}[i];
      const char* const value = getenv(name);
      variables[i] = value == nullptr ? std::string("FAULT_NONE=") : std::string(name) + "=" + value;
    }
  }

  bool is_wanted(const char* path) const { return wanted != 0 && strcmp(path, program) == 0 && ++*begun == wanted; }
};
Children g_children;

struct Setup {
  Setup() {
    g_process = getpid();
    g_is_child = getenv("FAULT_IS_CHILD") != nullptr;
    g_children.prepare();
    if (g_children.wanted == 0) prepare_faults();
    // Children are other programs, but for the one that is meant.
    unsetenv("LD_PRELOAD");
    g_count = 0;
  }

  static void prepare_faults() {
    if (const char* at = getenv("FAULT_AT")) g_at = atol(at);
    if (const char* with = getenv("FAULT_WITH")) {
      g_signal = strcmp(with, "KILL") == 0   ? SIGKILL
                 : strcmp(with, "INT") == 0  ? SIGINT
                 : strcmp(with, "TERM") == 0 ? SIGTERM
                                             : 0;
      g_errno = g_signal == 0 ? atoi(with) : 0;
    }
    if (const char* log = getenv("FAULT_LOG")) g_log = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  }
};
Setup g_setup;

// Whether the call fails now; errno is set then.
bool fails(const char* name, const char* path) {
  if (g_inside || g_process == 0 || getpid() != g_process) return false;
  g_inside = true;
  const long number = ++g_count;
  if (g_log >= 0) {
    char line[4200];
    const int size = snprintf(line, sizeof line, "%ld %s %s\n", number, name, path == nullptr ? "" : path);
    syscall(SYS_write, g_log, line, size < static_cast<int>(sizeof line) ? size : static_cast<int>(sizeof line) - 1);
  }
  g_inside = false;
  if (number != g_at) return false;
  if (g_signal != 0) {
    kill(g_process, g_signal);
    return false;
  }
  errno = g_errno;
  return true;
}

template <class Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

}  // namespace

// The function of the C library that this one stands before.
#define NEXT(name) static const auto real = next<decltype(&::name)>(#name)

extern "C" {

// Between fork and exec, where nothing may be allocated.
int execve(const char* path, char* const arguments[], char* const environment[]) noexcept {
  NEXT(execve);
  if (!g_children.is_wanted(path)) return real(path, arguments, environment);
  constexpr std::size_t kMost = 1024;
  static const char* all[kMost + std::tuple_size_v<decltype(g_children.variables)> + 1];
  std::size_t count = 0;
  for (; count < kMost && environment[count] != nullptr; ++count) all[count] = environment[count];
  for (const auto& variable : g_children.variables) all[count++] = variable.c_str();
  all[count] = nullptr;
  return real(path, arguments, const_cast<char* const*>(all));
}
int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = va_arg(arguments, mode_t);
  va_end(arguments);
  static const auto real = next<int (*)(const char*, int, mode_t)>("open");
  return fails("open", path) ? -1 : real(path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = va_arg(arguments, mode_t);
  va_end(arguments);
  static const auto real = next<int (*)(const char*, int, mode_t)>("open64");
  return fails("open", path) ? -1 : real(path, flags, mode);
}
int openat(int directory, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = va_arg(arguments, mode_t);
  va_end(arguments);
  static const auto real = next<int (*)(int, const char*, int, mode_t)>("openat");
  return fails("openat", path) ? -1 : real(directory, path, flags, mode);
}
long syscall(long number, ...) noexcept {
  va_list list;
  va_start(list, number);
  long a[6];
  for (auto& each : a) each = va_arg(list, long);
  va_end(list);
  static const auto real = next<long (*)(long, long, long, long, long, long, long)>("syscall");
  if (number == SYS_openat2 && fails("openat2", reinterpret_cast<const char*>(a[1]))) return -1;
  return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
int stat(const char* path, struct stat* found) noexcept {
  NEXT(stat);
  return fails("stat", path) ? -1 : real(path, found);
}
int lstat(const char* path, struct stat* found) noexcept {
  NEXT(lstat);
  return fails("lstat", path) ? -1 : real(path, found);
}
int fstat(int file, struct stat* found) noexcept {
  NEXT(fstat);
  return fails("fstat", nullptr) ? -1 : real(file, found);
}
int fstatat(int directory, const char* path, struct stat* found, int flags) noexcept {
  NEXT(fstatat);
  return fails("fstatat", path) ? -1 : real(directory, path, found, flags);
}
ssize_t readlink(const char* path, char* into, size_t size) noexcept {
  NEXT(readlink);
  return fails("readlink", path) ? -1 : real(path, into, size);
}
ssize_t read(int file, void* into, size_t size) {
  NEXT(read);
  return fails("read", nullptr) ? -1 : real(file, into, size);
}
ssize_t pread(int file, void* into, size_t size, off_t from) {
  NEXT(pread);
  return fails("pread", nullptr) ? -1 : real(file, into, size, from);
}
ssize_t write(int file, const void* bytes, size_t size) {
  NEXT(write);
  return (file > 2 || (g_is_child && file == 1)) && fails("write", nullptr) ? -1 : real(file, bytes, size);
}
int fsync(int file) {
  NEXT(fsync);
  return fails("fsync", nullptr) ? -1 : real(file);
}
int syncfs(int file) noexcept {
  NEXT(syncfs);
  return fails("syncfs", nullptr) ? -1 : real(file);
}
int rename(const char* from, const char* to) noexcept {
  NEXT(rename);
  return fails("rename", to) ? -1 : real(from, to);
}
int renameat(int from_directory, const char* from, int to_directory, const char* to) noexcept {
  NEXT(renameat);
  return fails("renameat", to) ? -1 : real(from_directory, from, to_directory, to);
}
int renameat2(int from_directory, const char* from, int to_directory, const char* to, unsigned flags) noexcept {
  NEXT(renameat2);
  return fails("renameat2", to) ? -1 : real(from_directory, from, to_directory, to, flags);
}
int mkdir(const char* path, mode_t mode) noexcept {
  NEXT(mkdir);
  return fails("mkdir", path) ? -1 : real(path, mode);
}
int unlink(const char* path) noexcept {
  NEXT(unlink);
  return fails("unlink", path) ? -1 : real(path);
}
int unlinkat(int directory, const char* path, int flags) noexcept {
  NEXT(unlinkat);
  return fails("unlinkat", path) ? -1 : real(directory, path, flags);
}
int symlink(const char* target, const char* path) noexcept {
  NEXT(symlink);
  return fails("symlink", path) ? -1 : real(target, path);
}
int chmod(const char* path, mode_t mode) noexcept {
  NEXT(chmod);
  return fails("chmod", path) ? -1 : real(path, mode);
}
int fchmod(int file, mode_t mode) noexcept {
  NEXT(fchmod);
  return fails("fchmod", nullptr) ? -1 : real(file, mode);
}
ssize_t getdents64(int directory, void* into, size_t size) noexcept {
  NEXT(getdents64);
  return fails("getdents64", nullptr) ? -1 : real(directory, into, size);
}
void* mmap(void* at, size_t size, int protection, int flags, int file, off_t from) noexcept {
  NEXT(mmap);
  return file >= 0 && fails("mmap", nullptr) ? MAP_FAILED : real(at, size, protection, flags, file, from);
}
int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*start)(void*),
                   void* argument) noexcept {
  NEXT(pthread_create);
  return fails("pthread_create", nullptr) ? errno : real(thread, attributes, start, argument);
}

}  // extern "C"
