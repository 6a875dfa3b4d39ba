// Does not compile alone: the proof that the lint over the headers can fail.
#pragma once

std::string text();
