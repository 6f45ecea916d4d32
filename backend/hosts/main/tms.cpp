#include "backend/hosts/server/cli/command_line.h"

int main(int argc, char** argv) {
  return tms::hosts::run_command_line(argc, argv);
}
