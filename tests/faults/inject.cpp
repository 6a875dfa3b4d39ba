// A library that is loaded in front of the C library (LD_PRELOAD) and lets one call of a program fail:
//
//   FAULT_AT=n      the n-th call that is counted, from 1; none where it is absent
//   FAULT_WITH=x    the errno that it fails with, or a signal that comes instead: KILL, INT, TERM
//   FAULT_LOG=file  where every counted call is written down: its number, name and path
//
// Counted are the calls that look at, read, write, sync, rename, make, remove, list or map files, and those that start
// threads, of the process that was started and not of its children.
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

#include <atomic>
#include <cerrno>

namespace {

std::atomic<long> g_count{0};
long g_at = -1;
int g_errno = 0;
int g_signal = 0;
int g_log = -1;
pid_t g_process = 0;
thread_local bool g_inside = false;

struct Setup {
  Setup() {
    g_process = getpid();
    if (const char* at = getenv("FAULT_AT")) g_at = atol(at);
    if (const char* with = getenv("FAULT_WITH")) {
      g_signal = strcmp(with, "KILL") == 0   ? SIGKILL
                 : strcmp(with, "INT") == 0  ? SIGINT
                 : strcmp(with, "TERM") == 0 ? SIGTERM
                                             : 0;
      g_errno = g_signal == 0 ? atoi(with) : 0;
    }
    if (const char* log = getenv("FAULT_LOG")) g_log = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    // Children are other programs.
    unsetenv("LD_PRELOAD");
    g_count = 0;
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
  return file > 2 && fails("write", nullptr) ? -1 : real(file, bytes, size);
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
