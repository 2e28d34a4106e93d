// What test_toggl_client_js.py runs: node toggl_client_journey.mjs <address of the module> <the home as JSON>.
// The client knows no other host than https://api.track.toggl.com; whatever it asks there is sent to the server.
import assert from 'node:assert/strict';
import http from 'node:http';
import https from 'node:https';

const [module, told] = process.argv.slice(2);
const home = JSON.parse(told);
const id = home.workspace_id;
const server = new URL(home.address);

https.request = (url, options, answered) => {
  const asked = new URL(url);
  assert.equal(asked.origin, 'https://api.track.toggl.com');
  asked.protocol = 'http:';
  asked.host = server.host;
  return http.request(asked, { ...options, timeout: 20_000 }, answered);
};
const { default: connect } = await import(module);

const yesterday = (clock) => new Date(`${home.yesterday}T${clock}:00Z`).toISOString();
const period = { start_date: home.first_day, end_date: home.last_day };
const ids = (things) => things.map((thing) => thing.id);
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

const toggl = connect({ apiToken: home.api_token });

async function looksAround() {
  const me = await toggl.user.current();
  assert.deepEqual([me.id, me.email, me.fullname], [home.user_id, home.email, 'Ada']);
  assert.equal(me.api_token, home.api_token);
  const stranger = connect({ apiToken: '0'.repeat(32) });
  await assert.rejects(stranger.user.current(), /status code 403/);
  const renamed = await toggl.user.update({ fullname: 'Ada Tamm' });
  assert.equal(renamed.fullname, 'Ada Tamm');
  const [workspace] = await toggl.workspaces.list();
  assert.deepEqual([workspace.id, workspace.name, workspace.admin], [id, 'Home', true]);
  const users = await toggl.workspaces.users(id);
  assert.deepEqual(ids(users), [home.user_id]);
}

async function setsUp() {
  // Its clients.create() still speaks API v8; its own post() is what its users take instead.
  const acme = await toggl.post(`workspaces/${id}/clients`, { name: 'Acme' });
  assert.equal(acme.wid, id);
  assert.deepEqual(ids(await toggl.workspaces.clients(id)), [acme.id]);

  const made = { name: 'Website', client_id: acme.id, active: true, is_private: false };
  const website = await toggl.projects.create(id, made);
  assert.deepEqual([website.name, website.cid, website.active], ['Website', acme.id, true]);
  const web = await toggl.projects.update(id, website.id, { name: 'Web' });
  assert.deepEqual([web.id, web.name], [website.id, 'Web']);
  assert.equal((await toggl.projects.get(id, website.id)).name, 'Web');
  assert.deepEqual(ids(await toggl.projects.list(id)), [website.id]);
  assert.deepEqual(ids(await toggl.workspaces.projects(id)), [website.id]);
  assert.deepEqual(await toggl.projects.tasks(id, website.id), []);
  assert.ok(Array.isArray(await toggl.projectUsers.get(id)));

  const deep = await toggl.tags.create(id, { name: 'deep' });
  const renamed = await toggl.tags.update(id, deep.id, { name: 'deep work' });
  assert.deepEqual([renamed.id, renamed.name], [deep.id, 'deep work']);
  assert.deepEqual(ids(await toggl.workspaces.tags(id)), [deep.id]);
  return { client: acme, project: website, tag: deep };
}

async function tracksADay({ project, tag }) {
  assert.equal(await toggl.timeEntries.current(), null);
  const started = { workspace_id: id, start: new Date().toISOString(), duration: -1 };
  const running = await toggl.timeEntries.start({
    ...started, description: 'Draft', project_id: project.id, tags: ['deep work'],
  });
  assert.deepEqual([running.stop, running.tag_ids, running.pid], [null, [tag.id], project.id]);
  assert.ok(running.duration < 0);
  const current = await toggl.timeEntries.current();
  assert.deepEqual([current.id, current.description], [running.id, 'Draft']);
  const edited = await toggl.timeEntries.update(running.id, { workspace_id: id, description: 'Write' });
  assert.deepEqual([edited.description, edited.stop], ['Write', null]);
  const stopped = await toggl.timeEntries.stop(running);
  assert.equal(Date.parse(stopped.stop) - Date.parse(stopped.start), stopped.duration * 1000);
  await assert.rejects(toggl.timeEntries.stop(running), /status code 409/);
  assert.equal(await toggl.timeEntries.current(), null);
  const moved = { workspace_id: id, start: yesterday('13:00'), duration: 1800 };
  const write = await toggl.timeEntries.update(running.id, moved);
  assert.equal(Date.parse(write.stop), Date.parse(yesterday('13:30')));

  const plan = await toggl.timeEntries.create({
    workspace_id: id, start: yesterday('08:00'), duration: 5400, description: 'Plan', project_id: project.id,
  });
  assert.equal(Date.parse(plan.stop), Date.parse(yesterday('09:30')));
  const review = await toggl.timeEntries.create({
    workspace_id: id, start: yesterday('10:00'), stop: yesterday('11:00'), description: 'Review',
  });
  assert.equal(review.duration, 3600);

  const listed = await toggl.timeEntries.list(period);
  assert.deepEqual(ids(listed), [write.id, review.id, plan.id]);
  assert.equal((await toggl.timeEntries.get(plan.id)).duration, 5400);
  return { write, review, plan };
}

async function asksForReports({ project }) {
  const summary = await toggl.reports.summary(id, period);
  const seconds = summary.groups.map((group) => [group.id, sum(group.sub_groups.map((part) => part.seconds))]);
  assert.deepEqual(new Map(seconds), new Map([[project.id, 7200], [null, 3600]]));

  const rows = await toggl.reports.details(id, period);
  const tracked = rows.map((row) => sum(row.time_entries.map((entry) => entry.seconds)));
  assert.deepEqual(tracked.sort(), [1800, 3600, 5400]);
  const mine = await toggl.reports.details(id, { ...period, project_ids: [project.id], page: 1 });
  assert.equal(mine.length, 2);

  const weeks = await toggl.reports.weekly(id, period);
  assert.equal(sum(weeks.flatMap((row) => row.seconds)), 10_800);
  assert.ok(Array.isArray(await toggl.reports.weekly(id))); // from Sunday on, as the client thinks
}

async function editsAndDeletes({ client, project, tag }, { write, review, plan }) {
  const operations = [{ op: 'replace', path: '/description', value: 'Talk' }];
  const edited = await toggl.patch(`workspaces/${id}/time_entries/${plan.id},${review.id}`, operations);
  assert.deepEqual([edited.success, edited.failure], [[plan.id, review.id], []]);
  assert.equal((await toggl.timeEntries.get(review.id)).description, 'Talk');

  // Its timeEntries.delete() asks for an address of API v8, which v9 never had.
  await assert.rejects(toggl.timeEntries.delete(review.id), /status code 404/);
  await toggl.delete(`workspaces/${id}/time_entries/${review.id}`);
  await assert.rejects(toggl.delete(`workspaces/${id}/time_entries/${review.id}`), /status code 404/);
  assert.equal(await toggl.timeEntries.get(review.id), undefined);
  await toggl.tags.delete(id, tag.id);
  assert.deepEqual(await toggl.workspaces.tags(id), []);
  assert.deepEqual((await toggl.timeEntries.get(write.id)).tag_ids, []);
  await toggl.projects.delete(id, project.id);
  assert.deepEqual(await toggl.projects.list(id), []);
  await toggl.delete(`workspaces/${id}/clients/${client.id}`);
  assert.deepEqual(await toggl.workspaces.clients(id), []);
}

await looksAround();
const made = await setsUp();
const tracked = await tracksADay(made);
await asksForReports(made);
await editsAndDeletes(made, tracked);
const apiToken = await toggl.user.resetToken();
await assert.rejects(toggl.user.current(), /status code 403/);
assert.equal((await connect({ apiToken }).user.current()).id, home.user_id);
console.log(JSON.stringify({ api_token: apiToken }));
