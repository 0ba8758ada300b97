(() => {
  // A notebook may show a film several times, and set it into the page in its own way; some run its script elsewhere.
  // Then find those that are not live yet.
  const here = document.currentScript && document.currentScript.closest(".ag-film");
  const films = here ? [here] : document.querySelectorAll(".ag-film:not(.ag-live)");
  const STEP_MS = 1600;
  const start = (film) => {
    const find = (name) => film.querySelector(name);
    const [bar, slider, play, said] = [".ag-bar", ".ag-slider", ".ag-play", ".ag-said"].map(find);
    const [previous, next] = [find(".ag-previous"), find(".ag-next")];
    const frames = [...film.querySelectorAll(".ag-frame")];
    const last = frames.length - 1;
    const playLabel = play.textContent;
    let current = 0;
    let timer = null;

    const show = (number) => {
      current = Math.max(0, Math.min(last, number));
      frames.forEach((frame, place) => { frame.hidden = place !== current; });
      const heading = frames[current].querySelector("h3").textContent;
      slider.value = current;
      slider.setAttribute("aria-valuetext", heading);
      previous.disabled = current === 0;
      next.disabled = current === last;
      if (timer === null) said.textContent = frames[current].querySelector("figcaption").innerText;
    };
    const stop = () => {
      clearInterval(timer);
      timer = null;
      play.textContent = playLabel;
    };
    const run = () => {
      if (current === last) show(0);
      play.textContent = film.dataset.pause;
      timer = setInterval(() => {
        if (current + 1 >= last) stop();
        show(current + 1);
      }, STEP_MS);
    };
    const go = (number) => { stop(); show(number); };

    previous.addEventListener("click", () => go(current - 1));
    next.addEventListener("click", () => go(current + 1));
    slider.addEventListener("input", () => go(Number(slider.value)));
    play.addEventListener("click", () => (timer === null ? run() : go(current)));
    film.addEventListener("keydown", (event) => {
      event.stopPropagation(); // a notebook has its own meaning for keys
      const step = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: last }[event.key];
      if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      go(step);
    });
    film.classList.add("ag-live");
    bar.hidden = false;
    show(0);
  };
  films.forEach(start);
})();
