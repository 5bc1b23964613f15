// Start of the client: styles, the client that arrives, the one root.
import "../ui/styles.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { KontorClient, overTheNet } from "../api";
import { CommandRegistry, EventFeed, Navigator } from "../shell";
import { Application } from "./application";
import { arriveAt } from "./arrival";

const host = document.getElementById("root");
if (host === null) throw new Error("index.html has no #root");

// A list never refreshes by itself: rows change when the reader says so or in place by an event.
const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false, staleTime: Infinity },
  },
});

const client = new KontorClient(window.location.origin, overTheNet);
const navigator = new Navigator(window);
const arriving = arriveAt(navigator.place(), client, queries);

createRoot(host).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Application
        client={client}
        arriving={arriving}
        commands={new CommandRegistry()}
        navigator={navigator}
        events={new EventFeed()}
      />
    </QueryClientProvider>
  </StrictMode>,
);
