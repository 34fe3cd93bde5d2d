// Beside every field of the desk for a date or a time stands what the server understood.
//
// The calendar that Wagtail brings puts its own reading, or today, in the place of what somebody
// typed. Here it never does: it shows what the server read, and writes only what is clicked.
(($, script) => {
  const { address } = script.dataset;
  const picker = $.fn.datetimepicker;
  const stock = new window.DateFormatter();
  const understood = new Map(); // kind and text: the answer of the server
  const ISO = { moment: "Y-m-d H:i", day: "Y-m-d", time: "H:i" };
  const OWN = /^(\d{4}[-/]\d\d[-/]\d\d|\d\d\/\d\d\/\d{4})?( ?\d\d:\d\d)?$/;

  const kindOf = (options) => {
    if (options.timepicker === false) return "day";
    return options.datepicker === false ? "time" : "moment";
  };

  async function ask(kind, text) {
    const key = `${kind} ${text}`;
    if (!understood.has(key)) {
      const query = new URLSearchParams({ kind, text });
      try {
        const answer = await fetch(`${address}?${query}`);
        if (answer.ok) understood.set(key, await answer.json());
      } catch {
        // No network, or no session: the words stay away and the form reads the text later.
      }
    }
    return understood.get(key) ?? {};
  }

  // The calendar reads the text of its field, and for its own lists what it wrote itself.
  function parseDate(text, format) {
    for (const [kind, isoFormat] of Object.entries(ISO)) {
      const { iso } = understood.get(`${kind} ${text.trim()}`) ?? {};
      if (iso) return stock.parseDate(iso, isoFormat);
    }
    return OWN.test(text) && stock.parseDate(text, format);
  }

  function watch(input, kind) {
    const words = document.createElement("p");
    words.className = "typed-date";
    words.id = `${input.id}-understood`;
    words.setAttribute("aria-live", "polite");
    input.before(words); // below it the calendar opens
    const others = input.getAttribute("aria-describedby");
    input.setAttribute("aria-describedby", others ? `${others} ${words.id}` : words.id);

    // While somebody types, a text that cannot be read may only be unfinished.
    let pause;
    async function say(isFinished) {
      clearTimeout(pause);
      const text = input.value.trim();
      const answer = text ? await ask(kind, text) : {};
      if (text !== input.value.trim()) return; // typed on: the next answer counts
      words.textContent = answer.words || (isFinished && answer.error) || "";
      words.classList.toggle("typed-date--error", !answer.words);
      if (answer.iso) calendarOf(input)?.setCurrentTime(text);
    }
    input.addEventListener("input", () => {
      words.textContent = "";
      clearTimeout(pause);
      pause = setTimeout(say, 250, false);
    });
    input.addEventListener("change", () => say(true));
    setTimeout(say, 0, false); // what the form came with is filled in after this
  }

  const calendarOf = (input) =>
    $(input).data("xdsoft_datetimepicker")?.data("xdsoft_datetime");

  $.fn.datetimepicker = Object.assign(function picking(options, ...rest) {
    $.datetimepicker.setDateFormatter({
      parseDate,
      formatDate: (moment, format) => stock.formatDate(moment, format),
    });
    const result = picker.call(this, options, ...rest);
    if (options?.format) {
      this.each((_, input) => input.dataset.typedDate || watch(input, kindOf(options)));
      this.attr("data-typed-date", kindOf(options));
    }
    return result;
  }, picker);
  picker.defaults.validateOnBlur = false;
})(window.jQuery, document.currentScript);
