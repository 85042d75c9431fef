/* The reverse funnel in the page: what `sla plan` reckons, reckoned again for each move of a slider.
 *
 * The first half is the arithmetic, in exact fractions; it is that of checker/logic/plan.py and
 * checker/logic/planning, and tests/site/test_what_if_arithmetic.py holds one against the other. The second half is
 * the page. All numbers and all texts come from the agreement, in the page's own JSON; nothing is asked of any host,
 * no text becomes markup (textContent), and whatever stands in the address is checked before it counts.
 */
"use strict";
(() => {
  // ------------------------------------------------------------ exact fractions

  /** A fraction {n, d} in lowest terms, d > 0: plain numbers while they are safe, BigInt beyond. */
  const safe = Number.isSafeInteger;
  const fraction = (n, d) => {
    let a = n < 0 ? -n : n;
    let b = d;
    while (b) [a, b] = [b, a % b];
    if (a > 1) [n, d] = [n / a, d / a];
    if (typeof n === "bigint") {
      const [small, under] = [Number(n), Number(d)];
      if (safe(small) && safe(under)) return { n: small, d: under };
    }
    return { n, d };
  };
  const over = (n, d) => (typeof n === "number" && (!safe(n) || !safe(d)) ? null : fraction(n, d));
  const isSmall = (a, b) => typeof a.n === "number" && typeof b.n === "number";
  const wide = (work, a, b) =>
    work({ n: BigInt(a.n), d: BigInt(a.d) }, { n: BigInt(b.n), d: BigInt(b.d) });
  const ZERO = { n: 0, d: 1 };
  const ONE = { n: 1, d: 1 };
  const HALF = { n: 1, d: 2 };
  const whole = (number) => ({ n: number, d: 1 });
  const summed = (a, b) => {
    const [left, right] = [a.n * b.d, b.n * a.d];
    if (typeof left === "number" && !(safe(left) && safe(right))) return null;
    return over(left + right, a.d * b.d);
  };
  const plus = (a, b) => (isSmall(a, b) && summed(a, b)) || wide(summed, a, b);
  const product = (a, b) => over(a.n * b.n, a.d * b.d);
  const times = (a, b) => (isSmall(a, b) && product(a, b)) || wide(product, a, b);
  const minus = (a, b) => plus(a, { n: -b.n, d: b.d });
  const inverse = (a) => (a.n < 0 ? { n: -a.d, d: -a.n } : { n: a.d, d: a.n });
  const divided = (a, b) => times(a, inverse(b));
  const sign = (a) => (a.n > 0 ? 1 : a.n < 0 ? -1 : 0);
  const compare = (a, b) => sign(minus(a, b));
  const sum = (numbers) => numbers.reduce(plus, ZERO);
  const floor = (a) => {
    const [n, d] = [BigInt(a.n), BigInt(a.d)];
    return Number(n / d - (n % d < 0n ? 1n : 0n));
  };
  const ceiling = (a) => -floor({ n: -a.n, d: a.d });
  const rounded = (a) => floor(plus(a, HALF));
  const isWhole = (a) => a.d == 1;
  const parsed = (text) => {
    const [top, bottom = "1"] = text.split("/");
    const [before, after = ""] = top.split(".");
    return fraction(BigInt(before + after), BigInt(bottom) * 10n ** BigInt(after.length));
  };

  /** Whole numbers for parts so that they add up to the rounded total (Hamilton); ties go to what stands first. */
  const largestRemainder = (parts) => {
    const floors = parts.map(floor);
    const left = rounded(sum(parts)) - floors.reduce((a, b) => a + b, 0);
    const order = parts.map((_, at) => at).sort((a, b) =>
      compare(minus(whole(floors[a]), parts[a]), minus(whole(floors[b]), parts[b])) || a - b);
    order.slice(0, left).forEach((at) => { floors[at] += 1; });
    return floors;
  };

  // ------------------------------------------------------------ what was written

  const ALL = -1;
  const MANY = 4096;
  const MONTHS = 200000;
  const keyOf = (stage, channel) => stage * MANY + channel + 1;
  const unkeyed = (key) => [Math.floor(key / MANY), (key % MANY) - 1];

  /** Why there is no plan: `kind` names a text, the rest fills it. */
  class Impossible extends Error {
    constructor(kind, values = {}) { super(kind); this.kind = kind; this.values = values; }
  }

  /** Everything that was written, and how it hangs together. Stages and channels go by their place, months by number. */
  class Inputs {
    constructor(data) {
      this.numbers = data.numbers.map((number) => parsed(number.value));
      [this.first, this.last] = data.months;
      this.months = Array.from({ length: this.last - this.first + 1 }, (_, at) => this.first + at);
      this.stages = data.stages.length;
      this.pipeline = data.pipeline;
      this.won = data.won;
      this.handedOver = data.handed_over;
      this.channels = data.channels;
      this.lines = new Map(data.lines.map(([stage, channel, lines]) => [
        keyOf(stage, channel),
        lines.map(([path, first, last]) => ({ first, last, value: this.numbers[path] })),
      ]));
      this.rates = new Map(data.rates.map(([stage, channel, path]) => [keyOf(stage, channel), path]));
      this.closing = data.closing;
      this.opened = new Map(data.opened.map(([month, path]) => [month, this.numbers[path]]));
      this.sellers = data.sellers;
      this.campaigns = data.campaigns;
      this.plan = data.plan;
      this.limits = data.limits;
    }
    with(changes) { return Object.assign(Object.create(Inputs.prototype), this, changes); }
    get(path) { return path === null ? null : this.numbers[path]; }
    line(stage, channel, month) {
      let found = null;
      for (const line of this.lines.get(keyOf(stage, channel)) || []) {
        if (line.first <= month && month <= line.last) found = line.value;
      }
      return found;
    }
    covers(month) { return this.first <= month && month <= this.last; }
    rate(stage, channel) {
      const own = channel === ALL ? undefined : this.rates.get(keyOf(stage, channel));
      const path = own === undefined ? this.rates.get(keyOf(stage, ALL)) : own;
      return path === undefined ? null : this.numbers[path];
    }
    hasBegun(channel, month) {
      const begins = this.channels[channel].begins;
      return begins === null || month >= begins;
    }
    sellersIn(month) {
      if (this.headcount !== undefined) return whole(this.headcount);
      return sum(this.sellers.map(({ starts, ends, ramp }) => {
        if ((starts !== null && month < starts) || (ends !== null && month > ends)) return ZERO;
        const step = starts === null ? -1 : month - starts;
        return step >= 0 && step < ramp.length ? this.numbers[ramp[step]] : ONE;
      }));
    }
    hasSellers() { return this.headcount === undefined ? this.sellers.length > 0 : this.headcount > 0; }
  }

  // ------------------------------------------------------------ every number that follows

  /** Every number of a plan: as written, else as it follows from the nearest written one. */
  class Plan {
    constructor(inputs) {
      this.inputs = inputs;
      this.kept = new Map();
      this.earliest = new Map();
      for (const key of inputs.lines.keys()) {
        const [stage, channel] = unkeyed(key);
        if (!(this.earliest.get(channel) <= stage)) this.earliest.set(channel, stage);
      }
      this.planned = inputs.channels.map((_, at) => at).filter((channel) => this.earliest.has(channel));
      this.closing = inputs.closing.map(([lag, path]) => [lag, path === null ? ONE : inputs.numbers[path]]);
    }
    keep(key, find) {
      if (!this.kept.has(key)) this.kept.set(key, find());
      return this.kept.get(key);
    }
    number(stage, month, channel = ALL) {
      if (channel === ALL) return this.total(stage, month);
      return this.planned.includes(channel)
        ? this.ofChannel(stage, channel, month) : this.inputs.line(stage, channel, month);
    }
    whole(stage, month, channel = ALL) {
      const exact = this.number(stage, month, channel);
      if (exact === null) return null;
      if (isWhole(exact)) return floor(exact);
      if (channel === ALL) return rounded(exact);
      const parts = this.passing(stage).map((name) => [name, this.ofChannel(stage, name, month)])
        .filter(([, number]) => number !== null);
      const wholes = largestRemainder(parts.map(([, number]) => number));
      const at = parts.findIndex(([name]) => name === channel);
      return at < 0 ? rounded(exact) : wholes[at];
    }
    follows(stage, month, channel = ALL) {
      return channel === ALL ? this.followingTotal(stage, month) : this.forward(stage, channel, month);
    }
    passing(stage) { return this.planned.filter((channel) => this.inputs.channels[channel].starts_at <= stage); }
    there(stage, month) {
      return this.passing(stage).filter((channel) => !this.inputs.channels[channel].trial
        && (this.inputs.hasBegun(channel, month) || this.inputs.line(stage, channel, month) !== null));
    }

    // one channel
    ofChannel(stage, channel, month) {
      return this.keep(keyOf(stage, channel) * MONTHS + month, () => {
        if (stage < this.inputs.channels[channel].starts_at) return null;
        const written = this.inputs.line(stage, channel, month);
        if (written !== null) return written;
        const forward = this.forward(stage, channel, month);
        return forward !== null ? forward : this.backward(stage, channel, month);
      });
    }
    forward(stage, channel, month) {
      if (stage <= this.inputs.channels[channel].starts_at || !this.isAnchored(stage, channel)) return null;
      const rate = this.inputs.rate(stage - 1, channel);
      if (stage === this.inputs.won && this.closing.length) {
        const opened = (at) => (this.inputs.covers(at) ? this.ofChannel(stage - 1, channel, at) : null);
        return this.closed(month, opened, rate);
      }
      const written = this.inputs.line(stage - 1, channel, month);
      const before = written !== null ? written : this.forward(stage - 1, channel, month);
      return before === null || rate === null ? null : times(before, rate);
    }
    isAnchored(stage, channel) { return this.earliest.get(channel) < stage; }
    backward(stage, channel, month) {
      if (stage + 1 >= this.inputs.stages || stage + 1 === this.inputs.won) return null;
      const written = this.inputs.line(stage + 1, channel, month);
      const after = written !== null ? written : this.backward(stage + 1, channel, month);
      const rate = this.inputs.rate(stage, channel);
      return after === null || rate === null || !sign(rate) ? null : divided(after, rate);
    }

    // all channels
    total(stage, month) {
      return this.keep(keyOf(stage, ALL) * MONTHS + month, () => {
        const written = this.inputs.line(stage, ALL, month);
        if (written !== null) return written;
        const followed = this.followingTotal(stage, month);
        return followed !== null ? followed : this.backwardTotal(stage, month);
      });
    }
    followingTotal(stage, month) {
      const before = stage - 1;
      const there = this.there(stage, month);
      if (there.length && there.every((channel) => this.inputs.line(stage, channel, month) !== null)) {
        return this.sumOfChannels(stage, month);
      }
      const opened = (at) => this.totalOrOpened(before, at);
      if (before >= 0 && this.inputs.lines.has(keyOf(before, ALL))) {
        const converted = this.converted(stage, month, opened);
        const entering = this.entering(stage, month);
        return converted === null || entering === null ? null : plus(converted, entering);
      }
      const added = this.sumOfChannels(stage, month);
      return added !== null || before < 0 ? added : this.converted(stage, month, opened);
    }
    entering(stage, month) {
      if (stage === this.inputs.won && this.closing.length) return ZERO;
      const numbers = this.there(stage, month).filter((channel) => this.inputs.channels[channel].starts_at === stage)
        .map((channel) => this.ofChannel(stage, channel, month));
      return numbers.includes(null) ? null : sum(numbers);
    }
    sumOfChannels(stage, month) {
      const numbers = this.there(stage, month).map((channel) => this.ofChannel(stage, channel, month));
      return numbers.length && !numbers.includes(null) ? sum(numbers) : null;
    }
    totalOrOpened(stage, month) {
      if (this.inputs.covers(month)) return this.total(stage, month);
      return stage === this.inputs.pipeline && this.inputs.opened.has(month) ? this.inputs.opened.get(month) : null;
    }
    converted(stage, month, before) {
      const rate = this.mixedRate(stage - 1, month);
      if (stage === this.inputs.won && this.closing.length) return this.closed(month, before, rate);
      const number = before(month);
      return number === null || rate === null ? null : times(number, rate);
    }
    mixedRate(stage, month) {
      const passing = this.passing(stage);
      const general = this.inputs.rate(stage, ALL);
      if (!passing.some((channel) => this.inputs.rates.has(keyOf(stage, channel)))) return general;
      const parts = passing.map((channel) => [this.ofChannel(stage, channel, month), this.inputs.rate(stage, channel)]);
      const weight = sum(parts.map(([number]) => number).filter((number) => number !== null));
      if (!sign(weight) || parts.some((part) => part.includes(null))) return general;
      return divided(sum(parts.map(([number, rate]) => times(number, rate))), weight);
    }
    closed(month, opened, rate) {
      let total = ZERO;
      for (const [lag, share] of this.closing) {
        const number = opened(month - lag);
        if (number === null) return null;
        total = plus(total, times(share, number));
      }
      return rate === null ? null : times(rate, total);
    }
    backwardTotal(stage, month) {
      if (stage + 1 >= this.inputs.stages) return null;
      let lag = 0;
      if (stage + 1 === this.inputs.won && this.closing.length) {
        if (this.closing.length > 1) return null;
        [[lag]] = this.closing;
      }
      const rate = this.inputs.rate(stage, ALL);
      const written = this.inputs.line(stage + 1, ALL, month + lag);
      const after = written !== null ? written : this.backwardTotal(stage + 1, month + lag);
      return after === null || rate === null || !sign(rate) ? null : divided(after, rate);
    }
  }

  // ------------------------------------------------------------ where numbers are decided

  const begun = (inputs, channel, month, number) =>
    (channel === ALL || inputs.hasBegun(channel, month) ? number : ZERO);

  /** Map of key -> numbers by month: the first written stage of each channel, else the first total. */
  const writtenAnchors = (inputs) => {
    const keys = [...inputs.lines.keys()].map(unkeyed);
    const earliest = (few) => few.reduce((best, key) => (best === null || key[0] < best[0] ? key : best), null);
    let chosen = inputs.channels.map((_, channel) => earliest(keys.filter((key) => key[1] === channel)))
      .filter((key) => key !== null);
    if (!chosen.length) chosen = [earliest(keys.filter((key) => key[1] === ALL && key[0] !== inputs.won))];
    const plan = new Plan(inputs);
    const anchors = new Map();
    for (const key of chosen.filter((each) => each !== null && each[0] !== inputs.won)) {
      const [stage, channel] = key;
      const known = inputs.months.map((month) => [month, plan.number(stage, month, channel)])
        .filter(([, number]) => number !== null);
      const numbers = inputs.months.map((month) => {
        const earlier = known.filter(([other]) => other <= month);
        const nearest = earlier.length ? earlier[earlier.length - 1] : known[0];
        return begun(inputs, channel, month, nearest ? nearest[1] : ZERO);
      });
      if (numbers.some(sign)) anchors.set(keyOf(stage, channel), numbers);
    }
    return anchors.size ? anchors : null;
  };

  /** Where nothing is written: opportunities in proportion to the budgets, or in equal parts, every month alike. */
  const evenAnchors = (inputs) => {
    const at = inputs.handedOver >= 0 && inputs.handedOver !== inputs.won ? inputs.handedOver
      : inputs.pipeline >= 0 ? inputs.pipeline : Math.max(inputs.won - 1, 0);
    const last = inputs.pipeline >= 0 ? inputs.pipeline : at;
    const channels = inputs.channels.map((_, channel) => channel).filter((channel) => !inputs.channels[channel].trial);
    if (!channels.length) return new Map([[keyOf(at, ALL), inputs.months.map(() => ONE)]]);
    const budgets = inputs.channels.map(({ budget }) => inputs.get(budget));
    const known = budgets.filter((budget) => budget !== null);
    const mean = known.length ? divided(sum(known), whole(known.length)) : ZERO;
    const anchors = new Map();
    for (const channel of channels) {
      let number = !sign(mean) ? ONE : budgets[channel] === null ? mean : budgets[channel];
      const start = Math.min(Math.max(at, inputs.channels[channel].starts_at), last);
      for (let stage = start; stage < last; stage += 1) {
        const rate = inputs.rate(stage, channel);
        if (rate === null || !sign(rate)) throw new Impossible("other");
        number = divided(number, rate);
      }
      anchors.set(keyOf(start, channel), inputs.months.map((month) => begun(inputs, channel, month, number)));
    }
    return anchors;
  };

  // ------------------------------------------------------------ whole numbers that reach a goal

  const MOST_STEPS = 10000;
  const MOST_CUSTOMERS = 1000000;

  /** Makes plans of one agreement from the same anchors, backward from customers or forward from leads. */
  class Maker {
    constructor(inputs, anchors) {
      this.inputs = inputs;
      this.anchors = anchors;
      this.won = inputs.won;
      this.followers = [...inputs.lines.keys()].filter((key) => !anchors.has(key) && unkeyed(key)[0] !== this.won)
        .sort((a, b) => unkeyed(a)[0] - unkeyed(b)[0] || (unkeyed(a)[1] === ALL) - (unkeyed(b)[1] === ALL));
      const shared = inputs.closing.filter(([, path]) => path === null || sign(inputs.numbers[path]));
      this.lags = shared.length ? shared.map(([lag]) => lag) : [0];
    }
    forward() {
      const targets = this.filled(this.inputs.months.map(() => ONE));
      return this.made(targets, this.customersOf(targets).map(rounded), ONE);
    }
    backward(customers) {
      const { months } = this.inputs;
      const [once, twice] = [1, 2].map((factor) => this.customersOf(this.exact(months.map(() => whole(factor)))));
      const slope = months.map((_, at) => minus(twice[at], once[at]));
      const base = months.map((_, at) => minus(once[at], slope[at]));
      const moving = months.map((_, at) => at).filter((at) => sign(slope[at]));
      if (!moving.length) throw new Impossible("short");
      const fixed = months.map((_, at) => (sign(slope[at]) ? 0 : rounded(base[at])));
      const left = whole(customers - fixed.reduce((a, b) => a + b, 0));
      const scale = divided(minus(left, sum(moving.map((at) => base[at]))), sum(moving.map((at) => slope[at])));
      if (sign(scale) <= 0) throw new Impossible("open", { count: rounded(sum(base)) });
      if (this.lags.length > 1) return this.spread(customers, scale);
      const wanted = largestRemainder(moving.map((at) => plus(base[at], times(scale, slope[at]))));
      const wholes = [...fixed];
      moving.forEach((at, place) => { wholes[at] = wanted[place]; });
      return this.byMonth(wholes, slope, scale);
    }
    byMonth(wholes, slope, scale) {
      const [lag] = this.lags;
      const factors = wholes.map((_, at) =>
        (at + lag < wholes.length && sign(slope[at + lag]) ? divided(whole(wholes[at + lag]), slope[at + lag]) : scale));
      for (let step = 0; step < MOST_STEPS; step += 1) {
        const targets = this.filled(factors);
        const yields = this.customersOf(targets);
        const short = wholes.map((_, at) => at)
          .filter((at) => sign(slope[at]) && compare(whole(wholes[at]), plus(yields[at], HALF)) > 0);
        if (!short.length) return this.made(targets, wholes, scale);
        for (const at of short) {
          if (at < lag) throw new Impossible("other");
          factors[at - lag] = plus(factors[at - lag], this.oneLead(at - lag));
        }
      }
      throw new Impossible("other");
    }
    spread(customers, scale) {
      const step = this.inputs.months.map((_, at) => this.oneLead(at)).reduce((a, b) => (compare(a, b) < 0 ? b : a));
      const tried = (steps) => {
        const factor = plus(scale, times(whole(steps), step));
        const targets = this.filled(this.inputs.months.map(() => factor));
        const wholes = distributed(this.customersOf(targets), customers);
        return wholes === null ? null : this.made(targets, wholes, factor);
      };
      let high = 0;
      while (tried(high) === null) {
        high = high ? high * 2 : 1;
        if (high > MOST_STEPS ** 2) throw new Impossible("other");
      }
      let low = Math.floor(high / 2);
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        if (tried(middle) === null) low = middle; else high = middle;
      }
      return tried(high);
    }
    oneLead(at) {
      const sums = this.byStage().map(([, keys]) => sum(keys.map((key) => this.anchors.get(key)[at])));
      const biggest = sums.reduce((a, b) => (compare(a, b) < 0 ? b : a));
      return sign(biggest) ? inverse(biggest) : ZERO;
    }
    byStage() {
      const stages = new Map();
      for (const key of this.anchors.keys()) {
        const [stage] = unkeyed(key);
        stages.set(stage, [...(stages.get(stage) || []), key]);
      }
      return [...stages];
    }
    exact(factors) {
      return new Map([...this.anchors].map(([key, numbers]) =>
        [key, numbers.map((number, at) => times(number, factors[at]))]));
    }
    filled(factors) {
      const exact = this.exact(factors);
      const targets = new Map([...exact.keys()].map((key) => [key, []]));
      for (const [, keys] of this.byStage()) {
        this.inputs.months.forEach((_, at) => {
          const wholes = largestRemainder(keys.map((key) => exact.get(key)[at]));
          keys.forEach((key, place) => { targets.get(key)[at] = whole(wholes[place]); });
        });
      }
      for (const key of this.followers) {
        const plan = new Plan(this.with(targets));
        const [stage, channel] = unkeyed(key);
        targets.set(key, this.inputs.months.map((month) => {
          const follows = plan.follows(stage, month, channel);
          if (follows !== null) return whole(rounded(follows));
          const backward = plan.number(stage, month, channel);
          return backward !== null ? whole(ceiling(backward)) : this.inputs.line(stage, channel, month);
        }));
      }
      return targets;
    }
    customersOf(targets) {
      const plan = new Plan(this.with(targets));
      return this.inputs.months.map((month) => {
        const follows = plan.follows(this.won, month);
        if (follows === null) this.explain(month);
        return follows;
      });
    }
    explain(month) {
      const unknown = this.lags.map((lag) => month - lag)
        .filter((other) => !this.inputs.covers(other) && !this.inputs.opened.has(other));
      throw unknown.length
        ? new Impossible("unknown", { month, before: Math.min(...unknown) }) : new Impossible("nothing", { month });
    }
    with(targets) {
      const lines = new Map();
      for (const [key, numbers] of targets) {
        lines.set(key, numbers.map((value, at) => ({ first: this.inputs.first + at, last: this.inputs.first + at, value }))
          .filter((line) => line.value !== null));
      }
      return this.inputs.with({ lines });
    }
    made(targets, wholes, scale) {
      const complete = new Map(targets);
      complete.delete(keyOf(this.won, ALL));
      complete.set(keyOf(this.won, ALL), wholes.map(whole));
      return { inputs: this.with(complete), targets: complete, customers: wholes.reduce((a, b) => a + b, 0), scale };
    }
  }

  /** So many customers over the months, none with more than its rounded yield; null where that is too few. */
  const distributed = (yields, customers) => {
    const wholes = yields.map(rounded);
    let surplus = wholes.reduce((a, b) => a + b, 0) - customers;
    if (surplus < 0) return null;
    for (; surplus > 0; surplus -= 1) {
      const excess = (at) => minus(whole(wholes[at]), yields[at]);
      let most = 0;
      for (let at = 1; at < wholes.length; at += 1) {
        const better = (wholes[at] > 0) - (wholes[most] > 0) || compare(excess(at), excess(most));
        if (better > 0) most = at;
      }
      wholes[most] -= 1;
    }
    return wholes;
  };

  // ------------------------------------------------------------ what stands in the way

  const KINDS = ["handoffs", "new_opportunities", "open_opportunities", "coverage", "cost", "campaign"];
  const GROWING = KINDS.slice(0, 3);

  /** What a month's sellers are asked to take, and take at most, for each limit that is agreed. */
  const loadsOf = (plan, month) => {
    const { inputs } = plan;
    const asked = {
      handoffs: () => (inputs.handedOver < 0 ? null : plan.number(inputs.handedOver, month)),
      new_opportunities: () => (inputs.pipeline < 0 ? null : plan.number(inputs.pipeline, month)),
      open_opportunities: () => (inputs.pipeline < 0 || !plan.closing.length ? null : openStock(plan, month)),
    };
    if (!inputs.hasSellers()) return [];
    const sellers = inputs.sellersIn(month);
    return GROWING.filter((kind) => inputs.limits[kind] !== null).map((kind) => {
      const perSeller = inputs.numbers[inputs.limits[kind]];
      return { kind, month, needed: asked[kind](), allowed: times(sellers, perSeller), sellers, perSeller };
    }).filter(({ needed }) => needed !== null);
  };

  /** Little's law: what is open at a month's end is what was opened and has not closed yet. */
  const openStock = (plan, month) => {
    let stock = ZERO;
    const longest = Math.max(...plan.closing.map(([lag]) => lag));
    for (let age = 0; age < longest; age += 1) {
      const opened = plan.totalOrOpened(plan.inputs.pipeline, month - age);
      if (opened === null) return null;
      const open = sum(plan.closing.filter(([lag]) => lag > age).map(([, share]) => share));
      stock = plus(stock, times(opened, open));
    }
    return stock;
  };

  const limitsOf = (made) => {
    const { inputs } = made;
    const plan = new Plan(inputs);
    const found = [];
    for (const month of inputs.months) {
      found.push(...loadsOf(plan, month).filter(({ needed, allowed }) => compare(needed, allowed) > 0));
      const coverage = inputs.get(inputs.plan.pipeline_coverage);
      if (coverage !== null && inputs.pipeline >= 0 && plan.closing.length) {
        const customers = plan.number(inputs.won, month);
        const closing = plan.closed(month, (at) => plan.totalOrOpened(inputs.pipeline, at), ONE);
        const low = customers === null || closing === null ? null : times(coverage, customers);
        if (low !== null && compare(closing, minus(low, times(coverage, HALF))) < 0) {
          found.push({ kind: "coverage", month, needed: low, allowed: closing });
        }
      }
      found.push(...costOf(plan, month));
      found.push(...campaignsOf(plan, month));
    }
    return found;
  };

  const costOf = (plan, month) => {
    const { inputs } = plan;
    const agreed = inputs.get(inputs.plan.cost_per_customer);
    const paid = inputs.channels.map((_, channel) => channel)
      .filter((channel) => inputs.channels[channel].budget !== null && inputs.hasBegun(channel, month));
    if (agreed === null || inputs.pipeline < 0 || inputs.won !== inputs.pipeline + 1 || !paid.length) return [];
    const rate = inputs.rate(inputs.pipeline, ALL);
    const opened = paid.map((channel) => plan.number(inputs.pipeline, month, channel));
    if (rate === null || opened.includes(null) || !sign(times(rate, sum(opened)))) return [];
    const budget = sum(paid.map((channel) => inputs.numbers[inputs.channels[channel].budget]));
    const high = times(times(agreed, rate), sum(opened));
    if (compare(budget, high) <= 0) return [];
    return [{ kind: "cost", month, needed: divided(times(agreed, budget), sign(high) ? high : ONE), allowed: agreed }];
  };

  const campaignsOf = (plan, month) => {
    const { inputs } = plan;
    if (inputs.handedOver < 0) return [];
    const here = inputs.campaigns.filter((campaign) => campaign[2] === month);
    return [...new Set(here.map(([, channel]) => channel))].flatMap((channel) => {
      const most = plan.number(inputs.handedOver, month, channel);
      const handed = sum(here.filter((campaign) => campaign[1] === channel).map(([path]) => inputs.numbers[path]));
      if (most === null || compare(handed, plus(most, isWhole(most) ? ZERO : HALF)) <= 0) return [];
      return [{ kind: "campaign", month, needed: handed, allowed: most }];
    });
  };

  const excess = ({ needed, allowed }) =>
    (sign(allowed) ? divided(minus(needed, allowed), allowed) : needed);

  /** The limits of a made plan, the most customers that can be won as things are, and what binds then. */
  const reach = (maker, made) => {
    const limits = limitsOf(made);
    let binding = limits.filter(({ kind }) => GROWING.includes(kind));
    if (!binding.length) return { limits, most: limits.length ? null : made.customers, first: limits[0] || null };
    let [low, high] = [0, made.customers];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      const found = growingAt(maker, middle);
      if (found.length) [high, binding] = [middle, found]; else low = middle;
    }
    const first = binding.reduce((most, limit) => (compare(excess(limit), excess(most)) > 0 ? limit : most));
    return { limits, most: low || null, first };
  };

  const growingAt = (maker, customers) => {
    try {
      return limitsOf(maker.backward(customers)).filter(({ kind }) => GROWING.includes(kind));
    } catch (stopped) {
      if (stopped instanceof Impossible) return [];
      throw stopped;
    }
  };

  // ------------------------------------------------------------ a scenario

  /** The agreement as a scenario would have it. */
  const inputsOf = (data, scenario) => {
    const agreed = new Inputs(data);
    const numbers = [...agreed.numbers];
    for (const [path, value] of scenario.numbers) numbers[path] = value;
    const changes = { numbers };
    if (scenario.sellers !== null) changes.headcount = scenario.sellers;
    if (scenario.cycle !== null) {
      changes.closing = [[scenario.cycle, null]];
      changes.opened = new Map(agreed.opened);
      // a longer cycle asks for months before those that are written: as many as in the first of these
      const first = Math.min(...agreed.opened.keys());
      for (let ago = 1; ago <= scenario.cycle && agreed.opened.size; ago += 1) {
        const month = agreed.first - ago;
        if (!changes.opened.has(month)) changes.opened.set(month, agreed.opened.get(first));
      }
    }
    return agreed.with(changes);
  };

  /** The anchors of a scenario: where leads are given, each with its total spread as the written numbers are. */
  const anchorsOf = (inputs, scenario) => {
    const anchors = writtenAnchors(inputs) || evenAnchors(inputs);
    if (scenario.direction !== "leads") return anchors;
    return new Map([...anchors].map(([key, numbers]) => {
      const total = sum(numbers);
      const wanted = scenario.totals.has(key) && sign(total) ? divided(scenario.totals.get(key), total) : ONE;
      return [key, numbers.map((number) => times(number, wanted))];
    }));
  };

  /** What follows from a scenario. Throws Impossible. */
  const reckon = (data, scenario) => {
    const inputs = inputsOf(data, scenario);
    const anchors = anchorsOf(inputs, scenario);
    const maker = new Maker(inputs, anchors);
    const deal = inputs.get(inputs.plan.average_deal);
    let made;
    if (scenario.direction === "leads") {
      made = maker.forward();
    } else {
      const { direction, goal } = scenario;
      const customers = direction === "customers" ? floor(goal) : ceiling(divided(goal, deal));
      if (customers > MOST_CUSTOMERS) throw new Impossible("other");
      made = maker.backward(customers);
    }
    const plan = new Plan(made.inputs);
    return { ...reach(maker, made), made, plan, anchors, deal };
  };

  // ------------------------------------------------------------ the lines to paste

  const monthText = (month) => `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`;
  const periodText = (first, last) => (first === last ? monthText(first) : `${monthText(first)} to ${monthText(last)}`);

  /** A number as the format writes it: `22`, `2.5`; with two decimals where it has more than ten. */
  const plain = (number) => {
    for (let digits = 0; digits <= 10; digits += 1) {
      if (isWhole(times(number, whole(10 ** digits)))) return decimal(number, digits);
    }
    return decimal(number, 2);
  };
  const decimal = (number, digits) => {
    const scaled = String(rounded(times(number, whole(10 ** digits)))).padStart(digits + 1, "0");
    return digits ? `${scaled.slice(0, -digits)}.${scaled.slice(-digits)}` : scaled;
  };
  const inTheMannerOf = (written, old, now) => {
    const factor = whole(written.endsWith("%") ? 100 : 1);
    const [was, is] = [old, now].map((number) => plain(times(number, factor)));
    return written.includes(was) ? written.replace(was, () => is) : is;
  };

  /** Months with the same number that follow each other: [first, last, number]. */
  const runs = (numbers) => numbers.reduce((found, [month, number]) => {
    const before = found[found.length - 1];
    if (before && before[1] === month - 1 && !compare(before[2], number)) before[1] = month;
    else found.push([month, month, number]);
    return found;
  }, []);

  /** What would be written: edits of lines that stand there, and blocks that are added below a key. */
  const changesOf = (data, scenario, made) => {
    const edits = [];
    const added = [];
    const edit = (number, text) => { if (text !== number.written) edits.push({ ...number, text, from: number.column }); };
    for (const [path, value] of scenario.numbers) {
      const number = data.numbers[path];
      edit(number, inTheMannerOf(number.written, parsed(number.value), value));
    }
    if (scenario.cycle !== null && data.cycle) {
      edit(data.cycle, `${scenario.cycle} month${scenario.cycle === 1 ? "" : "s"}`);
    }
    const lines = new Map(data.lines.map(([stage, channel, written]) => [keyOf(stage, channel), written]));
    for (const [key, numbers] of made.targets) targetsOf(data, key, lines.get(key) || [], numbers, made, edits, added);
    if (scenario.cycle !== null) {
      const known = new Set(data.opened.map(([month]) => month));
      const missing = [...made.inputs.opened].filter(([month]) => !known.has(month)).sort(([a], [b]) => a - b);
      const block = missing.map(([month, number]) => `${monthText(month)}: ${plain(number)}`);
      if (block.length) added.push({ under: ["opened_before_plan"], block });
    }
    goalOf(data, made, edit, added);
    return { edits: byLine(data, edits), added };
  };

  const targetsOf = (data, key, written, numbers, made, edits, added) => {
    const { first, last } = made.inputs;
    const open = new Map(numbers.map((number, at) => [first + at, number]));
    for (const [path, start, end] of written) {
      const number = data.numbers[path];
      const old = parsed(number.value);
      const months = Array.from({ length: end - start + 1 }, (_, at) => start + at);
      const parts = runs(months.map((month) => {
        open.delete(month);
        return [month, first <= month && month <= last ? numbers[month - first] : old];
      }));
      if (parts.length > 1) {
        const texts = parts.map(([from, to, now]) => `${periodText(from, to)}: ${plain(now)}`);
        const text = texts.join(number.in_braces ? ", " : `\n${" ".repeat(number.key_column - 1)}`);
        edits.push({ ...number, text, from: number.key_column });
      } else if (compare(parts[0][2], old)) {
        edits.push({ ...number, text: plain(parts[0][2]), from: number.column });
      }
    }
    const left = [...open].filter(([, number]) => number !== null);
    if (!left.length) return;
    const [stage, channel] = unkeyed(key);
    const path = ["targets", data.stages[stage].id, channel === ALL ? "all" : data.channels[channel].id];
    const isThere = [true, data.lines.some(([other]) => other === stage), written.length > 0];
    const depth = !data.has_targets ? 0 : isThere.lastIndexOf(true) + 1;
    const block = path.slice(depth).map((name, at) => `${"  ".repeat(at)}${name}:`);
    const indent = "  ".repeat(block.length);
    block.push(...runs(left).map(([from, to, now]) => `${indent}${periodText(from, to)}: ${plain(now)}`));
    added.push({ under: path.slice(0, depth), block });
  };

  const goalOf = (data, made, edit, added) => {
    const { customers, revenue, average_deal: deal } = data.plan;
    if (customers !== null) edit(data.numbers[customers], String(made.customers));
    if (revenue !== null && deal !== null) {
      const number = data.numbers[revenue];
      const now = times(whole(made.customers), made.inputs.numbers[deal]);
      edit(number, inTheMannerOf(number.written, parsed(number.value), now));
    }
    if (customers === null && revenue === null) added.push({ under: ["plan"], block: [`customers: ${made.customers}`] });
  };

  /** The edits of one line together: the line (and those that belong to its value) as it stands, and as it would. */
  const byLine = (data, edits) => {
    const lines = new Map();
    for (const edit of edits) {
      const at = `${edit.line} ${edit.file}`;
      lines.set(at, [...(lines.get(at) || []), edit]);
    }
    return [...lines.values()].map((few) => {
      const [{ file, line }] = few;
      const last = Math.max(...few.map((edit) => edit.last));
      const old = [];
      for (let number = line; number <= last; number += 1) old.push(data.text[file][number] || "");
      let signs = Array.from(old[0]);
      for (const edit of [...few].sort((a, b) => b.from - a.from)) {
        const end = edit.last > edit.line ? signs.length : edit.end - 1;
        signs = [...signs.slice(0, edit.from - 1), edit.text, ...signs.slice(end)];
      }
      return { file, line, last, old: old.join("\n"), now: signs.join("") };
    }).sort((a, b) => a.file - b.file || a.line - b.line);
  };

  // ------------------------------------------------------------ words and values

  /** How the page speaks: its texts, its language's numbers. */
  class Voice {
    constructor(data) {
      const of = (options) => new Intl.NumberFormat(data.language, options);
      this.data = data;
      this.plurals = new Intl.PluralRules(data.language);
      this.numbers = of({ maximumFractionDigits: 2 });
      this.percents = of({ style: "percent", maximumFractionDigits: 2 });
      const money = { style: "currency", currency: data.currency, currencyDisplay: "narrowSymbol" };
      this.amounts = of({ ...money, maximumFractionDigits: 0 });
      this.cents = of(money);
      this.months = new Intl.DateTimeFormat(data.language, { year: "numeric", month: "long", timeZone: "UTC" });
    }
    number(exact) { return this.numbers.format(approximate(exact, 2)); }
    share(exact) { return this.percents.format(approximate(exact, 4)); }
    money(exact) {
      // a sign of several letters stands apart, as on the other pages
      const parts = (isWhole(exact) ? this.amounts : this.cents).formatToParts(approximate(exact, 2));
      return parts.map(({ type, value }, at) => {
        const isJoined = type === "currency" && /\p{L}.+|.+\p{L}/u.test(value) && /integer|minus/.test((parts[at + 1] || {}).type);
        return isJoined ? `${value}\u00a0` : value;
      }).join("");
    }
    month(month) { return this.months.format(new Date(Date.UTC(Math.floor(month / 12), month % 12, 1))); }
    say(name, values = {}) {
      const text = this.data.texts[name];
      const count = values.count;
      const chosen = typeof text === "string" ? text : text[this.plurals.select(count)] || text.other;
      const all = count === undefined ? values : { ...values, count: this.numbers.format(count) };
      return chosen.replace(/\{(\w+)\}/g, (brace, key) => (Object.hasOwn(all, key) ? all[key] : brace));
    }
  }
  const approximate = (exact, digits) => rounded(times(exact, whole(10 ** digits))) / 10 ** digits;

  const KNOWN_VALUE = /^(?:0|[1-9][0-9]{0,12})(?:\.[0-9]{1,4})?$/;
  const UNITS = {
    share: { of: (text) => divided(parsed(text), whole(100)), say: (voice, exact) => voice.share(exact), fine: true },
    money: { of: parsed, say: (voice, exact) => voice.money(exact), fine: true },
    number: { of: parsed, say: (voice, exact) => voice.number(exact), fine: true },
    count: { of: parsed, say: (voice, exact) => voice.number(exact), fine: false },
  };

  // ------------------------------------------------------------ the page

  const create = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === true) made.setAttribute(name, ""); else if (value !== false) made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  };

  class Page {
    constructor(root, data) {
      this.data = data;
      this.voice = new Voice(data);
      this.controls = new Map(data.groups.flatMap(({ controls }) => controls).map((control) => [control.name, control]));
      this.values = new Map();
      this.direction = data.direction;
      this.parts = new Map();
      this.table = document.getElementById("what-if-months");
      this.build(root);
      this.restore();
      window.addEventListener("hashchange", () => this.restore());
    }
    say(name, values) { return this.voice.say(name, values); }

    // what the page is made of
    build(root) {
      this.status = create("p", { role: "status", "aria-live": "polite", "aria-atomic": "true" });
      this.beside = create("p", { class: "sla-n" });
      const direction = create("fieldset", { class: "sla-wi-way" }, create("legend", {}, this.say("way")));
      for (const name of this.data.directions) {
        const radio = create("input", { type: "radio", name: "what-if-way", value: name, id: `what-if-from-${name}` });
        radio.addEventListener("change", () => { this.direction = name; this.show(); this.share(); });
        direction.append(create("label", { for: radio.id }, radio, this.say(name)));
      }
      this.ways = direction;
      this.form = create("form", { class: "sla-wi-form", "aria-label": this.say("form") }, direction);
      this.form.addEventListener("submit", (event) => event.preventDefault());
      this.form.append(create("div", { class: "sla-wi-groups" }, ...this.data.groups.map((group) => this.group(group))));
      const reset = create("button", { type: "button", class: "md-button sla-wi-reset" }, this.say("reset"));
      reset.addEventListener("click", () => { this.values.clear(); this.direction = this.data.direction; this.show(); this.share(); });
      this.reset = reset;
      this.form.append(reset);
      root.append(create("div", { class: "sla-wi-status" }, this.status, this.beside), this.form);
      this.more = document.getElementById("what-if-more");
      this.limits = create("div");
      this.lines = create("div");
      this.address = create("input", { type: "text", readonly: true, id: "what-if-link", class: "sla-wi-link" });
      this.address.addEventListener("focus", () => this.address.select());
      const copy = create("button", { type: "button", class: "md-button" }, this.say("copy"));
      copy.addEventListener("click", () => this.copy(copy));
      this.more.append(
        create("h2", {}, this.say("limits")), this.limits,
        create("h2", {}, this.say("lines")), this.lines,
        create("h2", {}, this.say("link")),
        create("p", {}, create("label", { for: this.address.id }, this.say("link_means"))),
        create("p", { class: "sla-wi-share" }, this.address, copy),
      );
    }
    copy(button) {
      const done = () => { button.textContent = this.say("copied"); };
      this.address.focus();
      if (navigator.clipboard) navigator.clipboard.writeText(this.address.value).then(done, () => {});
    }
    group({ title, is_open: isOpen, controls, way }) {
      const rows = controls.map((control) => this.control(control));
      const made = isOpen
        ? create("fieldset", {}, create("legend", {}, title), ...rows)
        : create("details", { class: "sla-behind" }, create("summary", {}, title), create("fieldset", {}, create("legend", { class: "sla-hidden" }, title), ...rows));
      if (way) made.dataset.way = way;
      return made;
    }
    control(control) {
      const id = `what-if-${control.name}`;
      const number = create("input", { type: "number", id, min: control.least, max: control.most, step: "any", inputmode: "decimal" });
      const range = create("input", { type: "range", min: control.low, max: control.high, step: control.step, "aria-labelledby": `${id}-label` });
      const agreed = create("span", { class: "sla-n" }, this.say("agreed", { value: control.agreed_text || this.said(control, control.agreed) }));
      const label = create("label", { for: id, id: `${id}-label` }, control.label);
      if (control.unit === "share") label.append(" (%)");
      if (control.unit === "money") label.append(` (${this.data.currency_sign})`);
      range.addEventListener("input", () => this.set(control, range.value));
      number.addEventListener("input", () => this.set(control, number.value, true));
      for (const input of [range, number]) input.addEventListener("change", () => { this.show(); this.share(); });
      this.parts.set(control.name, { number, range });
      const row = create("div", { class: "sla-wi-control" }, label, range, number, agreed);
      if (control.way) row.dataset.way = control.way;
      return row;
    }
    said(control, text) { return UNITS[control.unit].say(this.voice, UNITS[control.unit].of(text)); }

    // what somebody chose
    isKnown(control, text) {
      if (!KNOWN_VALUE.test(text) || (!UNITS[control.unit].fine && text.includes("."))) return false;
      const value = parsed(text);
      return compare(value, parsed(control.least)) >= 0 && compare(value, parsed(control.most)) <= 0;
    }
    set(control, text, isTyped = false) {
      const { number } = this.parts.get(control.name);
      const isKnown = this.isKnown(control, text);
      number.setAttribute("aria-invalid", String(!isKnown));
      if (!isKnown) return;
      this.keep(control, text);
      if (!this.frame) {
        this.frame = requestAnimationFrame(() => { this.frame = 0; this.show(isTyped ? control.name : ""); });
      }
    }
    keep(control, text) {
      const isAsAgreed = !control.agreed_text && compare(parsed(text), parsed(control.agreed)) === 0;
      if (isAsAgreed) this.values.delete(control.name); else this.values.set(control.name, text);
    }
    scenario() {
      const value = (name) => {
        const control = this.controls.get(name);
        return control ? UNITS[control.unit].of(this.values.get(name) || control.agreed) : null;
      };
      const chosen = (name) => (this.values.has(name) ? floor(value(name)) : null);
      const scenario = { direction: this.direction, goal: null, sellers: chosen("sellers"), cycle: chosen("cycle"), numbers: new Map(), totals: new Map() };
      if (this.direction !== "leads") scenario.goal = value(this.direction);
      for (const [name, { path, key }] of this.controls) {
        if (path !== undefined && this.values.has(name)) scenario.numbers.set(path, value(name));
        if (key !== undefined) scenario.totals.set(key, value(name));
      }
      return scenario;
    }

    // the address
    restore() {
      const text = location.hash.slice(1, 4000);
      const chosen = new Map(text.split("&").map((part) => part.split("=")).filter((pair) => pair.length === 2));
      this.values.clear();
      this.direction = this.data.directions.includes(chosen.get("from")) ? chosen.get("from") : this.data.direction;
      for (const [name, value] of chosen) {
        const control = this.controls.get(name);
        if (control && this.isKnown(control, value)) this.keep(control, value);
      }
      this.show();
    }
    fragment() {
      const parts = [...this.values].map(([name, value]) => `${name}=${value}`);
      if (this.direction !== this.data.direction) parts.unshift(`from=${this.direction}`);
      return parts.join("&");
    }
    share() {
      const fragment = this.fragment();
      history.replaceState(history.state, "", fragment ? `#${fragment}` : location.pathname + location.search);
    }

    // the answer
    show(typed = "") {
      for (const [name, { number, range }] of this.parts) {
        const control = this.controls.get(name);
        const text = this.values.get(name) || control.agreed;
        if (name !== typed) { number.value = text; number.setAttribute("aria-invalid", "false"); }
        range.value = text;
        range.setAttribute("aria-valuetext", this.said(control, text));
        range.closest(".sla-wi-control").classList.toggle("sla-wi-other", this.values.has(name));
      }
      for (const part of this.form.querySelectorAll("[data-way]")) part.hidden = part.dataset.way !== this.direction;
      for (const radio of this.ways.querySelectorAll("input")) radio.checked = radio.value === this.direction;
      this.reset.disabled = !this.fragment();
      this.address.value = `${location.href.split("#")[0]}#${this.fragment()}`;
      const scenario = this.scenario();
      try {
        this.answer(scenario, reckon(this.data, scenario));
      } catch (stopped) {
        if (!(stopped instanceof Impossible)) throw stopped;
        this.refuse(stopped);
      }
    }
    refuse({ kind, values }) {
      const month = (value) => (value === undefined ? {} : this.voice.month(value));
      this.status.textContent = this.say(kind, { ...values, month: month(values.month), before: month(values.before) });
      this.status.className = "sla-wi-bad";
      this.beside.textContent = "";
      this.table.hidden = true;
      this.limits.replaceChildren(create("p", {}, this.status.textContent));
      this.lines.replaceChildren(create("p", {}, this.say("no_lines")));
    }
    answer(scenario, result) {
      const { made, deal, limits } = result;
      const revenue = deal === null ? null : times(whole(made.customers), deal);
      this.status.textContent = revenue === null
        ? this.say("customers_won", { count: made.customers })
        : this.say("customers_and_revenue", { count: made.customers, revenue: this.voice.money(revenue) });
      this.status.className = limits.length ? "sla-wi-bad" : "sla-wi-good";
      this.beside.textContent = this.verdict(result);
      this.table.hidden = false;
      this.table.replaceChildren(this.byMonth(result));
      this.limits.replaceChildren(...this.binding(scenario, result));
      this.lines.replaceChildren(...this.toPaste(scenario, result));
    }
    verdict({ limits, most, made, deal }) {
      if (!limits.length) return this.say("fits");
      if (most === null || most >= made.customers) return this.say("not_allowed");
      if (deal === null) return this.say("at_most", { count: most });
      return this.say("at_most_revenue", { count: most, revenue: this.voice.money(times(whole(most), deal)) });
    }
    byMonth({ made, plan, deal }) {
      const { months } = made.inputs;
      const stages = this.data.stages.map((_, at) => at)
        .filter((stage) => months.some((month) => plan.number(stage, month) !== null));
      const hasLoad = months.some((month) => loadsOf(plan, month).length);
      const head = [this.say("month"), ...stages.map((stage) => this.data.stages[stage].short)];
      if (deal !== null) head.push(this.say("revenue_column"));
      if (hasLoad) head.push(this.say("load"));
      const rows = months.map((month) => {
        const numbers = stages.map((stage) => plan.whole(stage, month));
        const customers = plan.number(made.inputs.won, month);
        const load = hasLoad ? [this.load(loadsOf(plan, month))] : [];
        return { name: this.voice.month(month), numbers, money: deal === null || customers === null ? null : times(customers, deal), load };
      });
      const totals = stages.map((_, at) => rows.map(({ numbers }) => numbers[at])
        .reduce((a, b) => (a === null || b === null ? null : a + b)));
      const money = deal === null ? null : times(whole(made.customers), deal);
      rows.push({ name: this.say("whole_plan"), numbers: totals, money, load: hasLoad ? [["", false]] : [], isTotal: true });
      return this.tableOf(head, rows, deal !== null);
    }
    tableOf(head, rows, hasMoney) {
      const caption = this.say("by_month");
      const body = rows.map(({ name, numbers, money, load, isTotal }) => create("tr", { class: isTotal ? "sla-total" : "" },
        create("th", { scope: "row" }, name),
        ...numbers.map((number) => create("td", { class: "n" }, number === null ? "–" : this.voice.number(whole(number)))),
        ...(hasMoney ? [create("td", { class: "n" }, money === null ? "–" : this.voice.money(money))] : []),
        ...load.map(([text, isOver]) => create("td", { class: isOver ? "n sla-wi-over" : "n" }, text))));
      const headings = head.map((text, at) => create("th", at ? { scope: "col", class: "n", dir: "auto" } : { scope: "col" }, text));
      return create("div", { class: "sla-scroll", role: "region", tabindex: "0", "aria-label": caption },
        create("table", { class: "sla-table" }, create("caption", {}, caption),
          create("thead", {}, create("tr", {}, ...headings)), create("tbody", {}, ...body)));
    }
    load(loads) {
      if (!loads.length) return ["–", false];
      if (loads.some(({ needed, allowed }) => sign(needed) && !sign(allowed))) return ["∞", true];
      const parts = loads.map(({ needed, allowed }) => (sign(allowed) ? divided(needed, allowed) : ZERO));
      const most = parts.reduce((a, b) => (compare(a, b) < 0 ? b : a));
      return [this.voice.percents.format(Math.ceil(approximate(most, 4) * 100) / 100), compare(most, ONE) > 0];
    }
    limitText(limit) {
      const { kind, month, needed, allowed, sellers, perSeller } = limit;
      const isCost = kind === "cost";
      const values = { month: this.voice.month(month), needed: isCost ? this.voice.money(whole(rounded(needed))) : this.voice.number(needed) };
      values.allowed = isCost ? this.voice.money(allowed) : this.voice.number(allowed);
      [values.closing, values.agreed] = [values.allowed, values.allowed];
      if (perSeller !== undefined) {
        const stage = kind === "handoffs" ? this.data.handed_over : this.data.pipeline;
        values.stage = this.data.stages[stage].short;
        values.sellers = this.voice.number(sellers);
        values.count = ceiling(divided(minus(needed, allowed), perSeller));
        values.limit = sign(sellers) ? this.voice.numbers.format(ceiling(divided(needed, sellers))) : this.voice.number(ZERO);
      }
      return this.say(`limit_${kind}`, values);
    }
    binding(scenario, { limits, first, most }) {
      if (!limits.length) return [create("p", {}, this.say("nothing_binds"))];
      const told = [];
      if (first && most !== null && !limits.some((limit) => limit.kind === first.kind && limit.month === first.month && !compare(limit.needed, first.needed))) {
        told.push(this.say("first", { what: this.limitText(first) }));
      }
      const kinds = [...new Set([...(first ? [first.kind] : []), ...limits.map(({ kind }) => kind)])];
      for (const kind of kinds) {
        const alike = limits.filter((limit) => limit.kind === kind);
        if (!alike.length) continue;
        const worst = alike.reduce((most, limit) => (compare(excess(limit), excess(most)) > 0 ? limit : most));
        const more = alike.length > 1 ? ` (${this.say("more_months", { count: alike.length - 1 })})` : "";
        told.push(this.limitText(worst) + more);
      }
      return [create("ul", { class: "sla-wi-limits" }, ...told.map((text) => create("li", {}, text)))];
    }
    toPaste(scenario, { made, limits }) {
      if (scenario.sellers !== null) return [create("p", {}, this.say("sellers_are_people"))];
      const { edits, added } = changesOf(this.data, scenario, made);
      if (!edits.length && !added.length) return [create("p", {}, this.say("says_this_already"))];
      const items = edits.map((edit) => create("li", {},
        this.link(edit.file, edit.line), create("del", {}, create("pre", {}, edit.old)), create("ins", {}, create("pre", {}, edit.now))));
      items.push(...added.map(({ under, block }) => create("li", {},
        this.say(under.length ? "add_under" : "add", { key: under.map((name) => `${name}:`).join(" ") }),
        create("ins", {}, create("pre", {}, block.join("\n"))))));
      const warning = limits.length ? [create("p", {}, this.say("not_alone"))] : [];
      return [...warning, create("p", {}, this.say("paste_means")), create("ul", { class: "sla-wi-lines" }, ...items)];
    }
    link(file, line) {
      const there = document.querySelector(`#what-if-places [data-place="${file}:${line}"]`);
      return there ? create("span", {}, ...[...there.childNodes].map((node) => node.cloneNode(true))) : create("span");
    }
  }

  // ------------------------------------------------------------ for the page, and for its tests

  window.slaWhatIf = Object.freeze({ reckon, parsed, changesOf, loadsOf, Impossible });
  const begin = () => {
    const data = document.getElementById("what-if-data");
    const root = document.getElementById("what-if");
    if (data && root && !root.childElementCount) window.slaWhatIfPage = new Page(root, JSON.parse(data.textContent));
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin); else begin();
})();
