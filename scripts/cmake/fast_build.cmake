# Read by every preset: makes a repeated build quick where ccache and mold are installed.
# Neither is needed, and neither changes what is built.

find_program(TMS_CCACHE ccache)
if(TMS_CCACHE)
  # Paths below the source folder are hashed relative to it, so that two checkouts share one cache.
  set(launcher
      ${CMAKE_COMMAND} -E env
      CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros
      ${TMS_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER "${launcher}" CACHE STRING "runs before the C++ compiler")
endif()

find_program(TMS_MOLD mold)
if(TMS_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
