-- wrk … -s wrk.lua URL -- WHAT FILE THREADS ROUND
-- WHAT is get (FILE: lines of token TAB path), create, complete or mixed (FILE: what tms_seed printed).
-- Each thread goes through its own people in order, so that no two of its requests meet by accident.
-- The last line of the output is RESULT and JSON; times are in microseconds.

local started = 0

function setup(thread)
  thread:set("number", started)
  started = started + 1
end

local function headers(token, more)
  local all = { ["Cookie"] = "tms_session=" .. token }
  for name, value in pairs(more or {}) do all[name] = value end
  return all
end

local json = { ["Content-Type"] = "application/json" }

local function list_of(token, path)
  return wrk.format("GET", path or "/api/tasks", headers(token))
end

local function create_for(token)
  return wrk.format("POST", "/api/tasks", headers(token, json), '{"description":"Buy milk, bread and eggs"}')
end

local function complete_for(token, task, status)
  return wrk.format("PATCH", "/api/tasks/" .. task, headers(token, json), '{"status":"' .. status .. '"}')
end

local function read_lines(file, threads)
  local lines, index = {}, 0
  for line in io.lines(file) do
    if index % threads == number then
      local fields = {}
      for field in line:gmatch("[^\t]+") do fields[#fields + 1] = field end
      lines[#lines + 1] = fields
    end
    index = index + 1
  end
  return lines
end

-- Each gives the next request.
local makers = {}

local function in_turn(requests)
  local at = 0
  return function()
    at = at % #requests + 1
    return requests[at]
  end
end

function makers.get(lines)
  local requests = {}
  for index, fields in ipairs(lines) do requests[index] = list_of(fields[1], fields[2]) end
  return in_turn(requests)
end

function makers.create(people)
  local requests = {}
  for index, fields in ipairs(people) do requests[index] = create_for(fields[2]) end
  return in_turn(requests)
end

-- A pass over all people completes one task of each, the next opens it again: every request is a
-- change. Each round takes another task, because the last pass of a round ends anywhere.
function makers.complete(people, round)
  local requests = {}
  for index, fields in ipairs(people) do
    local tasks = {}
    for task in fields[4]:gmatch("[^,]+") do tasks[#tasks + 1] = task end
    local task = tasks[(round - 1) % #tasks + 1]
    requests[index] = complete_for(fields[2], task, "completed")
    requests[#people + index] = complete_for(fields[2], task, "pending")
  end
  return in_turn(requests)
end

-- Eight reads, one new task, one changed task.
function makers.mixed(people, round)
  local reads = {}
  for index, fields in ipairs(people) do reads[index] = list_of(fields[2]) end
  local read, create, complete = in_turn(reads), makers.create(people), makers.complete(people, round)
  local count = 0
  return function()
    count = count % 10 + 1
    if count == 5 then return create() end
    if count == 10 then return complete() end
    return read()
  end
end

function init(args)
  local lines = read_lines(args[2], tonumber(args[3]))
  request = makers[args[1]](lines, tonumber(args[4]))
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests": %d, "seconds": %f, "bytes": %d, "errors": %d, "p50": %f, "p99": %f, "most": %f}\n',
    summary.requests, summary.duration / 1e6, summary.bytes,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99), latency.max))
end
