#include "cli/run.hpp"

int main(int argc, char** argv, char** environment) {
  return modtool::cli::run_process(argc, argv, environment, modtool::cli::Hooks{});
}
