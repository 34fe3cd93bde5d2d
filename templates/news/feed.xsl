<?xml version="1.0" encoding="utf-8"?>{% load site_tags static %}{% site_settings as authority %}
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:atom="http://www.w3.org/2005/Atom" exclude-result-prefixes="atom">
  <xsl:output method="html" encoding="utf-8" doctype-system="about:legacy-compat"/>
  <xsl:template match="/atom:feed">
    <html lang="en-GB">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="robots" content="noindex"/>
        <title><xsl:value-of select="atom:title"/> (news feed)</title>
        <link rel="stylesheet" href="{% static 'css/tokens.css' %}"/>
        <link rel="stylesheet" href="{% static 'css/base.css' %}"/>
        <link rel="stylesheet" href="{% static 'css/chrome.css' %}"/>
        <link rel="stylesheet" href="{% static 'css/components.css' %}"/>
        <link rel="stylesheet" href="{% static 'css/content.css' %}"/>
        <link rel="stylesheet" href="{% static 'css/conditions.css' %}"/>
        <link rel="icon" href="{% static 'img/favicon.svg' %}" type="image/svg+xml"/>
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header class="site-header deep">
          <div class="wrap">
            <a class="brand" href="{atom:author/atom:uri}">
              <span>
                <b>{% firstof authority.name_first_line authority.name %}</b>
                {% if authority.name_second_line %}<span>{{ authority.name_second_line }}</span>{% endif %}
              </span>
            </a>
          </div>
        </header>
        <main id="main" tabindex="-1" class="wrap">
          <div class="page-head">
            <h1>News feed</h1>
            <p class="standfirst"><xsl:value-of select="atom:title"/></p>
          </div>
          <div class="callout mt">
            <h2>What this is for</h2>
            <p>Feed readers are apps that show you what is new on the sites you choose. Copy this address into one, and our news comes to you. We never learn who you are.</p>
            <p><code><xsl:value-of select="atom:link[@rel='self']/@href"/></code></p>
            <p><a href="{atom:link[@rel='alternate']/@href}">Read the same news on our website</a></p>
          </div>
          <div class="section section--tight">
            <h2 class="count">Newest in this feed</h2>
            <ul class="news-list mt-s">
              <xsl:for-each select="atom:entry">
                <li class="news">
                  <p class="meta"><xsl:apply-templates select="atom:published"/></p>
                  <h3 class="news__title"><a href="{atom:link[@rel='alternate']/@href}"><xsl:value-of select="atom:title"/></a></h3>
                  <xsl:if test="atom:summary"><p><xsl:value-of select="atom:summary"/></p></xsl:if>
                </li>
              </xsl:for-each>
            </ul>
            <xsl:if test="not(atom:entry)"><p>No news yet. When we publish an article it will be here.</p></xsl:if>
          </div>
        </main>
      </body>
    </html>
  </xsl:template>
  <xsl:template match="atom:published">
    <xsl:variable name="months" select="'January  February March    April    May      June     July     August   SeptemberOctober  November December '"/>
    <xsl:variable name="month" select="number(substring(., 6, 2))"/>
    <time datetime="{substring(., 1, 10)}">
      <xsl:value-of select="number(substring(., 9, 2))"/>
      <xsl:text> </xsl:text>
      <xsl:value-of select="normalize-space(substring($months, ($month - 1) * 9 + 1, 9))"/>
      <xsl:text> </xsl:text>
      <xsl:value-of select="substring(., 1, 4)"/>
    </time>
  </xsl:template>
</xsl:stylesheet>
